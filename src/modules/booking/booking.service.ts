import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import type { ListBookingsQuery } from './booking.dto';
import { BookingNotFound } from './booking.errors';
import { BookingHistoryRepository } from './booking-history.repository';
import { actorIn } from './booking.policy';
import { BookingRepository } from './booking.repository';
import type { Booking, BookingStep, PairTally, SessionTimes } from './booking.types';
import { PairRepository } from './pair.repository';

export type { PairTally, SessionTimes } from './booking.types';

/** Reading bookings, for their parties and for the other modules. People are users.id. */
@Injectable()
export class BookingService {
  constructor(
    private readonly bookings: BookingRepository,
    private readonly history: BookingHistoryRepository,
    private readonly pairs: PairRepository,
    private readonly clock: Clock,
  ) {}

  /** The caller's bookings in one part. As coach, and the coming ones: earliest first; else latest first. */
  async page(me: Principal, query: ListBookingsQuery): Promise<Rows<Booking>> {
    const as = query.as ?? (me.role === 'coach' ? 'coach' : 'client');
    const range = resolveRange(query, me.timezone);
    return this.bookings.page(
      {
        personId: me.userId,
        as,
        otherId: as === 'coach' ? query.client_id : query.coach_id,
        statuses: query.status,
        bucket: query.bucket,
        ...range,
        now: this.clock.now(),
        earliestFirst: as === 'coach' || query.bucket === 'upcoming',
      },
      query,
    );
  }

  /** @throws BookingNotFound for a missing booking and for one that the caller has no part in */
  async get(me: Principal, id: string): Promise<Booking> {
    const booking = orThrow(await this.bookings.findById(id), BookingNotFound);
    orThrow(actorIn(booking, me), BookingNotFound);
    return booking;
  }

  /** A booking of this coach. @throws BookingNotFound also for another coach's */
  async getOfCoach(coachId: string, id: string): Promise<Booking> {
    const booking = orThrow(await this.bookings.findById(id), BookingNotFound);
    if (booking.coachId !== coachId) throw new BookingNotFound();
    return booking;
  }

  /** Every step of the booking, oldest first. @throws BookingNotFound */
  async steps(me: Principal, id: string, query: PageQuery): Promise<Rows<BookingStep>> {
    await this.get(me, id);
    return this.history.page(id, query);
  }

  /** Whether this client ever had a booking with this coach, whatever became of it. */
  async hasBooked(coachId: string, clientId: string): Promise<boolean> {
    return this.pairs.hasBooked(coachId, clientId);
  }

  /** When a coach met and meets his clients, by client id, in one query; who has no session is left out. */
  async sessionTimes(coachId: string, clientIds: readonly string[]): Promise<Map<string, SessionTimes>> {
    return this.pairs.times(coachId, clientIds, this.clock.now());
  }

  /** The next active session of each client of a coach that has not begun, by client id, in one query. */
  async nextSessions(coachId: string): Promise<Map<string, Date>> {
    // What starts this very millisecond has begun.
    return this.pairs.firstActive(coachId, new Date(this.clock.now().getTime() + 1), null);
  }

  /** The first active session of each client of a coach that starts within `[from, to)`, by client id, in one query. */
  async sessionsWithin(coachId: string, from: Date, to: Date): Promise<Map<string, Date>> {
    return this.pairs.firstActive(coachId, from, to);
  }

  /** The sessions of a pair, counted (rules §5.5). */
  async tallyOfPair(coachId: string, clientId: string): Promise<PairTally> {
    return this.pairs.tally(coachId, clientId);
  }
}
