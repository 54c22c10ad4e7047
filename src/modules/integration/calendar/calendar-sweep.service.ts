import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { JobQueue } from 'src/common/jobs/job-queue';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookedSessionService } from 'src/modules/booking/calendar/booked-session.service';
import type { BookedSession } from 'src/modules/booking/calendar/booked-session.types';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { orProviderError } from 'src/modules/integration/integration.errors';
import { isSameInCalendar, partOf } from './calendar-event.rules';
import { CalendarSyncService } from './calendar-sync.service';
import { FOLLOW_BOOKING, FOLLOW_BOOKING_ATTEMPTS, type SyncedCalendar } from './calendar.types';

/** The soonest ones; a coach with more sees the others come when they change, or when this is asked again. */
const MOST_SESSIONS = 500;
/** After a time without a connection, cancelled sessions count too. */
const MOST_FOLLOWED = 2_000;
/** Google lets one person have about ten questions a second. */
const AT_ONCE = 4;
/** Somebody waits for the answer; nothing more is begun after that. */
const PATIENCE_MS = 20_000;

/** What was written into a calendar at one go: `failed` is what was not, with the failures that pass. */
interface Swept {
  failed: number;
  forLater: string[];
}

/** All coming sessions of a person at once. */
@Injectable()
export class CalendarSweepService {
  constructor(
    private readonly sessions: BookedSessionService,
    private readonly connections: ConnectionService,
    private readonly writer: CalendarSyncService,
    private readonly jobs: JobQueue,
  ) {}

  /**
   * Writes all coming confirmed sessions of the caller, a few at a time; one that fails does not stop the others. What
   * failed in a way that passes, or changed meanwhile, is tried again by jobs.
   *
   * @throws IntegrationNotConnected
   * @throws ProviderError when Google does not even renew the access
   */
  async syncAll(me: Principal): Promise<SyncedCalendar> {
    const sessions = await this.sessions.coming(me.userId, MOST_SESSIONS);
    const { failed, forLater } = await orProviderError(
      this.connections.withAccess(me.userId, 'google_calendar', (accessToken) => this.sweep(accessToken, me, sessions)),
    );
    const now = await this.sessions.findAll(sessions.map(({ bookingId }) => bookingId));
    const changed = sessions.filter((session) => !isSameInCalendar(session, now.get(session.bookingId) ?? null));
    await this.leave(me.userId, [...forLater, ...changed.map(({ bookingId }) => bookingId)]);
    return { synced: sessions.length - failed, failed };
  }

  /** Leaves to jobs whatever of a person's sessions is to come, and what was cancelled while nobody could write it. */
  async followAll(userId: string): Promise<void> {
    await this.leave(userId, await this.sessions.everConfirmedIds(userId, MOST_FOLLOWED));
  }

  /** All jobs are written in one statement. */
  @Transactional()
  async leave(userId: string, bookingIds: readonly string[]): Promise<void> {
    for (const bookingId of new Set(bookingIds))
      await this.jobs.add(
        FOLLOW_BOOKING,
        { bookingId, userId },
        // Asked again and again while the provider is away, it is still one job for each.
        { key: `${FOLLOW_BOOKING} ${bookingId} ${userId}`, maxAttempts: FOLLOW_BOOKING_ATTEMPTS },
      );
  }

  private async sweep(accessToken: string, me: Principal, sessions: readonly BookedSession[]): Promise<Swept> {
    const swept: Swept = { failed: 0, forLater: [] };
    const waiting = sessions.values();
    const end = performance.now() + PATIENCE_MS;
    const work = async (): Promise<void> => {
      for (const session of waiting) {
        const failure = performance.now() < end ? await this.attempt(accessToken, me, session) : 'for later';
        if (failure !== null) swept.failed += 1;
        if (failure === 'for later') swept.forLater.push(session.bookingId);
      }
    };
    // All of them have ended before a token that is refused is replaced, and the whole begun anew.
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    for (const ended of ends) if (ended.status === 'rejected') throw ended.reason;
    return swept;
  }

  /** @throws AccessRefused, and what nobody foresaw */
  private async attempt(
    accessToken: string,
    { userId, locale }: Principal,
    session: BookedSession,
  ): Promise<'for later' | 'for good' | null> {
    const as = partOf(session, userId) ?? 'client';
    try {
      await this.writer.write(accessToken, { userId, as, locale }, session.bookingId, session);
      return null;
    } catch (error) {
      if (error instanceof ProviderPaused) return 'for later';
      if (error instanceof DeliveryFailure) return error.isFinal ? 'for good' : 'for later';
      throw error;
    }
  }
}
