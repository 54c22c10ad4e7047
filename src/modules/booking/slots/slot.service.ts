import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, RoleForbidden } from 'src/common/errors/domain.error';
import { assertRange, resolveRange } from 'src/common/paging/range';
import { CoachService, type CoachSchedule } from 'src/modules/coach/coach.service';
import { CoachNotFound, SLOT_ERRORS } from 'src/modules/booking/booking.errors';
import { SeatRepository } from 'src/modules/booking/seat.repository';
import type { ListSlotsQuery } from './slot.dto';
import { decide, listSlots } from './slot.rules';
import type { Slot, SlotListing, SlotScene } from './slot.types';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 31;

/** The slots of a coach as a caller sees them. */
export interface SlotList {
  schedule: CoachSchedule;
  canBook: boolean;
  slots: Slot[];
  removed?: SlotListing['removed'];
}

/** Brings the facts to the slot rules: one function decides what is listed and what can be booked. */
@Injectable()
export class SlotService {
  constructor(
    private readonly coaches: CoachService,
    private readonly seats: SeatRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The slots of a range, three queries whatever its length.
   *
   * @throws CoachNotFound for nobody, and for a coach who cannot be booked
   * @throws RoleForbidden when anybody but the coach himself or an admin asks for the explanation
   */
  async list(me: Principal, coachId: string, query: ListSlotsQuery): Promise<SlotList> {
    const schedule = orThrow(await this.coaches.findSchedule(coachId), CoachNotFound);
    const isOwner = me.userId === coachId || me.role === 'admin';
    if (query.explain && !isOwner) throw new RoleForbidden();
    const now = this.clock.now();
    const { from, to } = this.range(query, schedule.timezone, now);
    const durationMin = (isOwner ? query.duration_min : undefined) ?? lengthOf(schedule, query.pricing_type);
    const scene = await this.scene(schedule, me.userId, from, to, durationMin, now);
    const { slots, removed } = listSlots(scene, { from, to, durationMin });
    const price = await this.coaches.cheapestPublicSessionPrice(coachId);
    return {
      schedule,
      slots,
      canBook: price !== null && me.userId !== coachId,
      ...(query.explain && { removed }),
    };
  }

  /**
   * May this client have this start: to be called under the lock of the coach.
   *
   * @throws the slot errors of rules §1.3, the first that applies
   */
  async decide(schedule: CoachSchedule, clientId: string, startsAt: Date, now: Date): Promise<{ capacity: number }> {
    const durationMin = schedule.sessionDurationMin;
    const scene = await this.scene(schedule, clientId, startsAt, startsAt, durationMin, now);
    const decision = decide(scene, { startsAt, durationMin, actor: 'client' });
    if (!decision.ok) throw new SLOT_ERRORS[decision.refusal]();
    return decision;
  }

  private range(query: ListSlotsQuery, zone: string, now: Date): { from: Date; to: Date } {
    const given = resolveRange(query, zone, MAX_DAYS);
    const from = given.from ?? now;
    const range = { from, to: given.to ?? new Date(from.getTime() + DEFAULT_DAYS * DAY_MS) };
    assertRange(range, MAX_DAYS);
    return range;
  }

  /** Everything that a session starting in `[from, to]` could meet, buffers included. */
  private async scene(
    schedule: CoachSchedule,
    bookerId: string,
    from: Date,
    to: Date,
    durationMin: number,
    now: Date,
  ): Promise<SlotScene> {
    const margin = schedule.bufferMin * MINUTE_MS;
    const first = new Date(from.getTime() - margin);
    const last = new Date(to.getTime() + durationMin * MINUTE_MS + margin);
    const occupancy = await this.seats.occupancy(schedule.coachId, bookerId, first, last);
    return { calendar: schedule, ...occupancy, timeOff: [], now };
  }
}

function lengthOf(schedule: CoachSchedule, pricingType: string | undefined): number {
  return pricingType === 'discovery' ? schedule.discoveryDurationMin : schedule.sessionDurationMin;
}
