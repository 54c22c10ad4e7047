import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachOnTimeOff } from 'src/modules/booking/booking.errors';
import { TimeOffRemoved, TimeOffTaken } from 'src/modules/booking/booking.events';
import type { TimeOff } from 'src/modules/booking/entities/time-off.entity';
import type { Interval } from 'src/modules/booking/slots/slot.types';
import { CoachService } from 'src/modules/coach/coach.service';
import type { CreateTimeOffDto, ListTimeOffQuery } from './time-off.dto';
import { TimeOffNotFound } from './time-off.errors';
import { TimeOffRepository } from './time-off.repository';
import { isOver, joined } from './time-off.rules';

/** An absence that was just taken, and the active bookings inside it, by start. */
export interface TakenTimeOff {
  timeOff: TimeOff;
  affectedBookingIds: string[];
}

/**
 * When a coach is away (rules §2.3). Every write takes the coach's lock first, under which his seats are given too: of
 * a booking and an absence at once, the second one sees the first.
 */
@Injectable()
export class TimeOffService {
  constructor(
    private readonly timeOffs: TimeOffRepository,
    private readonly coaches: CoachService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Those that overlap the range, by start; without a range what has not ended yet. @throws CoachProfileNotFound */
  async page(me: Principal, query: ListTimeOffQuery): Promise<Rows<TimeOff>> {
    await this.coaches.assertProfile(me.userId);
    const range = resolveRange(query, me.timezone);
    const notEnded = { from: this.clock.now(), to: null };
    return this.timeOffs.page(me.userId, range.from || range.to ? range : notEnded, query);
  }

  /**
   * Takes `[starts_at, ends_at)` off. Bookings inside are left to the coach, who cancels or moves them; a pending one
   * cannot be confirmed any more.
   *
   * @throws CoachProfileNotFound, ValidationFailed `invalid_date_range` when it is over already
   */
  @Transactional()
  async take(me: Principal, dto: CreateTimeOffDto): Promise<TakenTimeOff> {
    await this.coaches.lockTimezone(me.userId);
    const terms = { startsAt: dto.starts_at, endsAt: dto.ends_at, reason: dto.reason ?? null };
    const now = this.clock.now();
    if (isOver(terms, now)) throw new ValidationFailed([{ field: 'ends_at', code: 'invalid_date_range' }]);
    const timeOff = await this.timeOffs.insert(me.userId, terms, now);
    const affectedBookingIds = await this.timeOffs.findAffected(me.userId, timeOff);
    await this.events.publish(new TimeOffTaken(me.userId, timeOff.startsAt, timeOff.endsAt));
    return { timeOff, affectedBookingIds };
  }

  /**
   * Takes these sessions off, those that touch each other as one absence, so that nobody is offered their places. Under
   * the coach's lock.
   */
  @Transactional()
  async cover(coachId: string, sessions: readonly Interval[]): Promise<void> {
    const now = this.clock.now();
    for (const { startsAt, endsAt } of joined(sessions)) {
      await this.timeOffs.insert(coachId, { startsAt, endsAt, reason: null }, now);
      await this.events.publish(new TimeOffTaken(coachId, startsAt, endsAt));
    }
  }

  /** The slots come back. @throws CoachProfileNotFound, TimeOffNotFound */
  @Transactional()
  async remove(me: Principal, id: string): Promise<void> {
    await this.coaches.lockTimezone(me.userId);
    const timeOff = orThrow(await this.timeOffs.findOwned(me.userId, id), TimeOffNotFound);
    await this.timeOffs.delete(timeOff);
    await this.events.publish(new TimeOffRemoved(me.userId, timeOff.startsAt, timeOff.endsAt));
  }

  /** Absences of a coach that overlap `[from, to)`, in any order, in one query. */
  async intervals(coachId: string, from: Date, to: Date): Promise<Interval[]> {
    return this.timeOffs.findIntervals(coachId, from, to);
  }

  /**
   * Check 7 of rules §1.3 alone, for a session whose other checks passed before: to be called under the coach's lock.
   *
   * @throws CoachOnTimeOff
   */
  async assertPresent(coachId: string, startsAt: Date, endsAt: Date): Promise<void> {
    const [absence] = await this.timeOffs.findIntervals(coachId, startsAt, endsAt);
    if (absence) throw new CoachOnTimeOff();
  }
}
