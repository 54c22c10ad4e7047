import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { BookedSessionService } from 'src/modules/booking/calendar/booked-session.service';
import type { BookedSession } from 'src/modules/booking/calendar/booked-session.types';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { orProviderError, unlessDisconnected } from 'src/modules/integration/integration.errors';
import { eventIdOf, eventOf, isInCalendar, isSameInCalendar, otherParty, partOf } from './calendar-event.rules';
import type { SyncedEvent } from './calendar.types';
import { GoogleCalendar } from './google-calendar';

/** In whose calendar, and on which side of the session that person is shown it. */
interface Reader {
  userId: string;
  as: 'client' | 'coach';
  /** BCP 47. */
  locale: string;
}

/** A session that changes more often than that while it is written is one for later. */
const ROUNDS = 5;

/**
 * Sessions in the calendars of their people (rules §16.3). Nothing is kept of what was written: the booking is the
 * truth, and each time the calendar is made to agree with it. So repeats and disorder change nothing.
 */
@Injectable()
export class CalendarSyncService {
  constructor(
    private readonly sessions: BookedSessionService,
    private readonly connections: ConnectionService,
    private readonly calendar: GoogleCalendar,
    private readonly translator: Translator,
  ) {}

  /**
   * Makes the caller's calendar agree with one booking.
   *
   * @throws BookingNotFound, IntegrationNotConnected, ProviderError
   */
  async sync(me: Principal, bookingId: string): Promise<SyncedEvent> {
    const { as } = await this.sessions.get(me, bookingId);
    return orProviderError(this.settle({ userId: me.userId, as, locale: me.locale }, bookingId));
  }

  /** The same for one of its people, later. Nothing happens for somebody who is not connected. @throws DeliveryFailure */
  async follow(userId: string, bookingId: string): Promise<void> {
    const session = await this.sessions.find(bookingId);
    const as = session && partOf(session, userId);
    if (as) await unlessDisconnected(this.settle({ userId, as, locale: session[as].locale }, bookingId));
  }

  /** One event, written or taken out as the booking is now. @throws AccessRefused, DeliveryFailure, ProviderPaused */
  async write(accessToken: string, reader: Reader, bookingId: string, session: BookedSession | null): Promise<void> {
    if (session && isInCalendar(session))
      await this.calendar.put(accessToken, eventOf(session, reader.userId, this.titleFor(reader, session)));
    else await this.calendar.remove(accessToken, eventIdOf(bookingId, reader.userId));
  }

  private async settle(reader: Reader, bookingId: string): Promise<SyncedEvent> {
    return this.connections.withAccess(reader.userId, 'google_calendar', async (accessToken) => {
      let written = await this.sessions.find(bookingId);
      for (let round = 1; round <= ROUNDS; round += 1) {
        await this.write(accessToken, reader, bookingId, written);
        // It may have changed while it was written, and whoever wrote that may have been done before: whoever comes last
        // looks again.
        const now = await this.sessions.find(bookingId);
        const isSettled = isSameInCalendar(written, now);
        written = now;
        if (isSettled)
          return { status: isInCalendar(now) ? 'synced' : 'deleted', eventId: eventIdOf(bookingId, reader.userId) };
      }
      throw new DeliveryFailure('google_calendar unsettled', false, null, false);
    });
  }

  private titleFor({ as, locale }: Reader, session: BookedSession): string {
    const name = otherParty(session, as).firstName;
    return this.translator.text(languageOf(locale), 'integration.calendar.title', { name });
  }
}
