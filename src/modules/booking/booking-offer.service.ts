import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { type CoachSchedule, CoachService } from 'src/modules/coach/coach.service';
import { BookingCreationService } from './booking-creation.service';
import { SlotUnavailable } from './booking.errors';
import type { Booking } from './booking.types';
import { SeatRepository, type SeatOffer } from './seat.repository';
import { type QueuedStart, SlotService, type Standing } from './slots/slot.service';

export type { SeatOffer } from './seat.repository';
export type { QueuedStart, Standing } from './slots/slot.service';

/**
 * Seats that are kept for people of the waitlist (rules §4). An offer takes a seat from everybody but its holder, and
 * engages the coach alone. To be called under the lock of the coach.
 */
@Injectable()
export class BookingOfferService {
  constructor(
    private readonly slots: SlotService,
    private readonly seats: SeatRepository,
    private readonly coaches: CoachService,
    private readonly creations: BookingCreationService,
  ) {}

  /** How starts of one coach would be given to the next ones who wait, in two queries. */
  async standings(schedule: CoachSchedule, starts: readonly QueuedStart[], now: Date): Promise<Standing[]> {
    return starts.length === 0 ? [] : this.slots.standings(schedule, starts, null, now);
  }

  /** The same of one start, as a person sees it: what is kept for him is not taken. */
  async standingFor(personId: string, schedule: CoachSchedule, startsAt: Date, now: Date): Promise<Standing> {
    const start = { startsAt, formerMin: schedule.sessionDurationMin };
    const [standing] = await this.slots.standings(schedule, [start], personId, now);
    return orThrow(standing, SlotUnavailable);
  }

  /** False when there is no seat to keep, or the coach is elsewhere. */
  async hold(offer: SeatOffer): Promise<boolean> {
    return this.seats.keep(offer);
  }

  /** Gives the seat back; nothing happens when none is kept. */
  async drop(entryId: string): Promise<void> {
    await this.seats.drop(entryId);
  }

  /**
   * T1b: the holder of an offer takes it, and the session is confirmed at once. Payment by rule 5 of §1.4.
   *
   * @throws SlotUnavailable, ClientBusy, NoCreditsAvailable, CoachFull: the offer stays as it is
   */
  async confirm(me: Principal, coachId: string, startsAt: Date): Promise<Booking> {
    orThrow(await this.coaches.findSchedule(coachId), SlotUnavailable);
    return this.creations.create(me, { coach_id: coachId, scheduled_at: startsAt });
  }
}
