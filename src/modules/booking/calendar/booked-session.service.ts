import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { BookingNotFound } from 'src/modules/booking/booking.errors';
import { actorIn } from 'src/modules/booking/booking.policy';
import { BookedSessionRepository } from './booked-session.repository';
import type { BookedSession, OwnSession } from './booked-session.types';

/** Sessions for whoever writes them into calendars elsewhere. People are users.id. */
@Injectable()
export class BookedSessionService {
  constructor(
    private readonly sessions: BookedSessionRepository,
    private readonly clock: Clock,
  ) {}

  /** One of the caller's; an admin sees it as its coach does. @throws BookingNotFound also for somebody else's */
  async get(me: Principal, bookingId: string): Promise<OwnSession> {
    const session = orThrow(await this.find(bookingId), BookingNotFound);
    const parties = { clientId: session.client.userId, coachId: session.coach.userId };
    return { ...session, as: orThrow(actorIn(parties, me), BookingNotFound).part };
  }

  async find(bookingId: string): Promise<BookedSession | null> {
    const [session] = await this.sessions.find([bookingId]);
    return session ?? null;
  }

  /** Those that are there, by id, in one query. */
  async findAll(bookingIds: readonly string[]): Promise<Map<string, BookedSession>> {
    const found = bookingIds.length > 0 ? await this.sessions.find(bookingIds) : [];
    return new Map(found.map((session) => [session.bookingId, session]));
  }

  /** All that are confirmed and have not begun, in either part, earliest first; at most `limit`. */
  async coming(userId: string, limit: number): Promise<BookedSession[]> {
    return this.sessions.coming(userId, this.clock.now(), limit);
  }

  /** Ids of all that have not begun and were confirmed once, cancelled or not; earliest first, at most `limit`. */
  async everConfirmedIds(userId: string, limit: number): Promise<string[]> {
    return this.sessions.everConfirmedIds(userId, this.clock.now(), limit);
  }
}
