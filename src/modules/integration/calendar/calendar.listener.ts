import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { JobQueue } from 'src/common/jobs/job-queue';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { AppConfig } from 'src/config/app-config';
import { AccountReactivated } from 'src/modules/auth/auth.events';
import {
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  type BookingFact,
  BookingMoved,
} from 'src/modules/booking/booking.events';
import { DiscoveryAccepted, DiscoveryCancelled } from 'src/modules/booking/requests/request.events';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { IntegrationConnected } from 'src/modules/integration/integration.events';
import type { ProviderName } from 'src/modules/integration/provider.types';
import { FOLLOW_ALL, FOLLOW_BOOKING, FOLLOW_BOOKING_ATTEMPTS } from './calendar.types';

type BookingEnd = BookingCancelledByClient | BookingCancelledLate | BookingCancelledByCoach;

/** A session that somebody's calendar may have to hear of. */
interface ChangedSession {
  bookingId: string;
  /** users.id of its two people. */
  people: readonly string[];
}

/**
 * Sends sessions that were confirmed, moved or cancelled after the calendars of their people. Who is connected is asked
 * once for all sessions of a transaction, at its end: a coach may cancel hundreds of them at once.
 */
@Injectable()
export class CalendarListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly connections: ConnectionService,
    private readonly jobs: JobQueue,
    private readonly unit: UnitOfWork,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    // Nobody can be connected.
    if (this.config.googleCalendar === null) return;
    const listener = 'integration calendar';
    this.events.subscribe(BookingConfirmed, listener, ({ booking }) => this.changed(booking));
    this.events.subscribe(DiscoveryAccepted, listener, ({ booking }) => this.changed(booking));
    for (const ended of [BookingCancelledByClient, BookingCancelledLate, BookingCancelledByCoach])
      this.events.subscribe<BookingEnd>(ended, listener, ({ booking }) => this.ended(booking));
    this.events.subscribe(DiscoveryCancelled, listener, ({ booking }) => this.ended(booking));
    this.events.subscribe(BookingMoved, listener, (event) => this.moved(event));
    this.events.subscribe(IntegrationConnected, listener, ({ userId, provider }) => this.connected(userId, provider));
    this.events.subscribe(AccountReactivated, listener, ({ userId }) => this.isBack(userId));
  }

  /** Null: an accepted request without a session. */
  private async changed(booking: BookingFact | null): Promise<void> {
    if (booking) await this.tell(booking, booking.bookingId);
  }

  /** What was never confirmed is in no calendar. */
  private async ended(booking: BookingFact | null): Promise<void> {
    if (booking?.previousStatus === 'confirmed') await this.tell(booking, booking.bookingId);
  }

  /** The old session goes, and the new one comes, unless it waits for the coach's word first. */
  private async moved({ booking, previous, expiresAt }: BookingMoved): Promise<void> {
    if (previous.status === 'confirmed') await this.tell(booking, previous.bookingId);
    if (expiresAt === null) await this.tell(booking, booking.bookingId);
  }

  private async connected(userId: string, provider: ProviderName): Promise<void> {
    if (provider === 'google_calendar') await this.jobs.add(FOLLOW_ALL, { userId });
  }

  /** While the account was suspended or closing nobody wrote into its calendar: what it gave up by that is there still. */
  private async isBack(userId: string): Promise<void> {
    const connected = await this.connections.connectedAmong([userId], 'google_calendar');
    if (connected.has(userId)) await this.jobs.add(FOLLOW_ALL, { userId });
  }

  private async tell({ clientId, coachId }: BookingFact, bookingId: string): Promise<void> {
    const session = { bookingId, people: [clientId, coachId] };
    if (!this.unit.gather(this.follow, session)) await this.follow([session]);
  }

  private readonly follow = async (sessions: readonly ChangedSession[]): Promise<void> => {
    const people = new Set(sessions.flatMap((session) => session.people));
    const connected = await this.connections.connectedAmong([...people], 'google_calendar');
    for (const { bookingId, people } of sessions)
      for (const userId of people.filter((id) => connected.has(id)))
        await this.jobs.add(FOLLOW_BOOKING, { bookingId, userId }, { maxAttempts: FOLLOW_BOOKING_ATTEMPTS });
  };
}
