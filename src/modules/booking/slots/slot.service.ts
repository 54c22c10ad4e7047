import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS, MINUTE_MS } from 'src/common/clock/durations';
import { orThrow, RoleForbidden } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { assertRange, resolveRange } from 'src/common/paging/range';
import { together } from 'src/common/transaction/together';
import { CoachService, type CoachSchedule } from 'src/modules/coach/coach.service';
import { CoachNotFound, SLOT_ERRORS } from 'src/modules/booking/booking.errors';
import { SeatSought } from 'src/modules/booking/booking.events';
import { type Means, PaymentChoiceService } from 'src/modules/booking/payment-choice.service';
import { SeatRepository, type Viewer } from 'src/modules/booking/seat.repository';
import { TimeOffService } from 'src/modules/booking/time-off/time-off.service';
import { decide, listSlots, standingAt } from './slot.rules';
import type {
  KeptSeat,
  Slot,
  SlotActor,
  SlotListing,
  SlotListQuery,
  SlotRange,
  SlotScene,
  Standing,
} from './slot.types';

export type { SlotListQuery, Standing } from './slot.types';

const DEFAULT_DAYS = 7;
const MAX_DAYS = 31;
/** No session is longer. */
const LONGEST_MIN = 480;

/** The slots of a coach as a caller sees them. */
export interface SlotList {
  schedule: CoachSchedule;
  means: Means;
  slots: Slot[];
  removed?: SlotListing['removed'];
}

/** A start that somebody wants. */
export interface WantedSlot {
  /** Who is to sit there. */
  clientId: string;
  startsAt: Date;
  durationMin: number;
  actor: SlotActor;
  /** A booking that is being moved: it stands in nobody's way. */
  ignoredBookingId?: string;
  /** Who holds an offer of this start takes it, at the length that was offered or at the one he names. */
  takesOffer?: 'as_offered' | 'as_named';
}

/** A place that may be had. */
export interface Place {
  /** Seats of the slot. */
  capacity: number;
  durationMin: number;
  /** What the waitlist keeps for the client at this start; it gives way to the booking. */
  kept: KeptSeat | null;
  /** It is the kept seat that is taken, in time. */
  takesOffer: boolean;
}

/** A start that people wait for. */
export interface QueuedStart {
  startsAt: Date;
  /** What the session lasts where neither others nor the coach's hours say it. */
  formerMin: number;
}

/** What the rules look at, and what is kept for the client. */
interface Sight {
  scene: SlotScene;
  kept: KeptSeat[];
}

/** The coach looks at his own slots: he has nothing to pay them with. */
const NOTHING: Means = { canBook: false, remaining: 0, bookable: 0 };

/** Brings the facts to the slot rules: one function decides what is listed and what can be booked. */
@Injectable()
export class SlotService {
  constructor(
    private readonly coaches: CoachService,
    private readonly seats: SeatRepository,
    private readonly timeOff: TimeOffService,
    private readonly choices: PaymentChoiceService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * The slots of a range, at most nine queries whatever its length: three for the slots, the others until it is clear
   * whether the caller can pay.
   *
   * @throws CoachNotFound for nobody, and for a coach who cannot be booked
   * @throws RoleForbidden when anybody but the coach himself or an admin asks for the explanation
   */
  async list(me: Principal, coachId: string, query: SlotListQuery): Promise<SlotList> {
    const schedule = orThrow(await this.coaches.findSchedule(coachId), CoachNotFound);
    const isOwner = me.userId === coachId || me.role === 'admin';
    if (query.explain && !isOwner) throw new RoleForbidden();
    const now = this.clock.now();
    const { from, to } = this.range(query, schedule.timezone, now);
    const durationMin = (isOwner ? query.duration_min : undefined) ?? lengthOf(schedule, query.pricing_type);
    const { scene } = await this.look(schedule, { bookerId: me.userId, now }, { from, to, durationMin });
    const { slots, removed } = listSlots(scene, { from, to, durationMin });
    const means = me.userId === coachId ? NOTHING : await this.choices.means(schedule, me.userId, now);
    return { schedule, slots, means, ...(query.explain && { removed }) };
  }

  /**
   * May this client have this start: to be called under the lock of the coach. Who waits for it comes first.
   *
   * @throws the slot errors of rules §1.3, the first that applies
   */
  async decide(schedule: CoachSchedule, wanted: WantedSlot, now: Date): Promise<Place> {
    const sought = new SeatSought(schedule.coachId, wanted.startsAt, schedule.timezone, now);
    // Nearly always nobody waits: looked at together, and once more where somebody did.
    const [, seen] = await together(this.events.publish(sought), this.lookAt(schedule, wanted, now));
    return this.judge(schedule, wanted, now, sought.hasMovedPlaces ? await this.lookAt(schedule, wanted, now) : seen);
  }

  /** How starts of one coach would be given to the next ones who wait for them, as `bookerId` sees it; in two queries. */
  async standings(
    schedule: CoachSchedule,
    starts: readonly QueuedStart[],
    bookerId: string | null,
    now: Date,
  ): Promise<Standing[]> {
    const times = starts.map(({ startsAt }) => startsAt.getTime());
    const range = { from: new Date(Math.min(...times)), to: new Date(Math.max(...times)), durationMin: LONGEST_MIN };
    const { scene } = await this.look(schedule, { bookerId, now }, range);
    return starts.map(({ startsAt, formerMin }) => standingAt(scene, startsAt, formerMin));
  }

  private async judge(schedule: CoachSchedule, wanted: WantedSlot, now: Date, seen: Sight): Promise<Place> {
    const { startsAt, durationMin, takesOffer } = wanted;
    const kept = seen.kept.find((seat) => seat.startsAt.getTime() === startsAt.getTime()) ?? null;
    const isTaken = kept !== null && takesOffer !== undefined && now.getTime() <= kept.heldUntil.getTime();
    const offeredMin = isTaken ? (kept.endsAt.getTime() - startsAt.getTime()) / MINUTE_MS : durationMin;
    if (takesOffer === 'as_offered' && offeredMin !== durationMin) {
      const offered = { ...wanted, durationMin: offeredMin };
      return this.judge(schedule, offered, now, await this.lookAt(schedule, offered, now));
    }
    const decision = decide(seen.scene, { ...wanted, actor: isTaken ? 'offer_holder' : wanted.actor });
    if (!decision.ok) throw new SLOT_ERRORS[decision.refusal]();
    return { capacity: decision.capacity, durationMin, kept, takesOffer: isTaken };
  }

  private range(query: SlotListQuery, zone: string, now: Date): { from: Date; to: Date } {
    const given = resolveRange(query, zone, MAX_DAYS);
    const from = given.from ?? now;
    const range = { from, to: given.to ?? new Date(from.getTime() + DEFAULT_DAYS * DAY_MS) };
    assertRange(range, MAX_DAYS);
    return range;
  }

  /** What the session that is wanted could meet. */
  private async lookAt(
    schedule: CoachSchedule,
    { clientId, startsAt, durationMin, ignoredBookingId }: WantedSlot,
    now: Date,
  ): Promise<Sight> {
    const viewer = { bookerId: clientId, now, ignoredBookingId };
    return this.look(schedule, viewer, { from: startsAt, to: startsAt, durationMin });
  }

  /** Everything that a session starting in `[from, to]` could meet, buffers included. */
  private async look(schedule: CoachSchedule, viewer: Viewer, { from, to, durationMin }: SlotRange): Promise<Sight> {
    const margin = schedule.bufferMin * MINUTE_MS;
    const first = new Date(from.getTime() - margin);
    const last = new Date(to.getTime() + durationMin * MINUTE_MS + margin);
    const [{ kept, ...occupancy }, timeOff] = await together(
      this.seats.occupancy(schedule.coachId, viewer, first, last),
      this.timeOff.intervals(schedule.coachId, first, last),
    );
    return { scene: { calendar: schedule, ...occupancy, timeOff, now: viewer.now }, kept };
  }
}

function lengthOf(schedule: CoachSchedule, pricingType: string | undefined): number {
  return pricingType === 'discovery' ? schedule.discoveryDurationMin : schedule.sessionDurationMin;
}
