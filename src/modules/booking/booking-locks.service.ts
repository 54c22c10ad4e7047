import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow, RoleForbidden } from 'src/common/errors/domain.error';
import { CoachService } from 'src/modules/coach/coach.service';
import { BookingNotFound, BookingNotOwned } from './booking.errors';
import type { HeldBooking, Mover } from './booking-register.service';
import { actorIn } from './booking.policy';
import { BookingRepository } from './booking.repository';
import type { Part } from './booking.state';
import type { Booking } from './booking.types';

export interface BookingHeldBy extends HeldBooking {
  /** The caller, in his part. */
  mover: Mover & { part: Part };
}

/** Takes the locks of a booking in the one order that never deadlocks: coach, then booking. */
@Injectable()
export class BookingLocks {
  constructor(
    private readonly bookings: BookingRepository,
    private readonly coaches: CoachService,
  ) {}

  /** @throws BookingNotFound for a missing booking and for one that the caller has no part in */
  async hold(me: Principal, id: string): Promise<BookingHeldBy> {
    const seen = orThrow(await this.bookings.findById(id), BookingNotFound);
    const actor = orThrow(actorIn(seen, me), BookingNotFound);
    const held = await this.lock(seen);
    return { ...held, mover: { ...actor, userId: me.userId } };
  }

  /** For acts that are the coach's. @throws RoleForbidden for the client of the booking */
  async holdAsCoach(me: Principal, id: string): Promise<BookingHeldBy> {
    const held = await this.hold(me, id);
    if (held.mover.part !== 'coach') throw new RoleForbidden();
    return held;
  }

  /**
   * All of these bookings, each once, for an act of their coach; without an id, no lock.
   *
   * @throws BookingNotOwned naming the ids, by their places, that are no bookings of his
   */
  async holdAllOfCoach(coachId: string, ids: readonly string[]): Promise<HeldBooking[]> {
    if (ids.length === 0) return [];
    const own = await this.bookings.ownedIds(coachId, ids);
    const foreign = ids.flatMap((id, place) => (own.has(id) ? [] : [`booking_ids.${place}`]));
    if (foreign.length > 0) throw new BookingNotOwned(foreign.map((field) => ({ field, code: 'booking_not_owned' })));
    const coachTimezone = await this.coaches.lockTimezone(coachId);
    const bookings = await this.bookings.lockByIds(ids);
    return bookings.map((booking) => ({ booking, coachTimezone }));
  }

  /** For the jobs, which act in nobody's part. Null when there is no such booking. */
  async holdForSystem(id: string): Promise<HeldBooking | null> {
    const seen = await this.bookings.findById(id);
    return seen && this.lock(seen);
  }

  private async lock({ id, coachId }: Booking): Promise<HeldBooking> {
    const coachTimezone = await this.coaches.lockTimezone(coachId);
    const booking = orThrow(await this.bookings.lockById(id), BookingNotFound);
    return { booking, coachTimezone };
  }
}
