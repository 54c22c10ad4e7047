import { Injectable } from '@nestjs/common';
import { Metrics } from 'src/common/metrics/metrics';
import { accepted, type BoundedAnswer, exchange, jsonOf, retryAfterMsOf } from 'src/common/outbound/bounded-http';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ProviderGuard } from 'src/common/outbound/provider-guard';
import { AppConfig } from 'src/config/app-config';
import { AccessRefused } from 'src/modules/integration/provider.types';
import type { CalendarEvent } from './calendar-event.rules';
import { asksForPatience, googleEvent, isWritten, newGoogleEvent } from './google-event.format';

const PROVIDER = 'google_calendar';
const API_HOST = 'https://www.googleapis.com';
/** The calendar that the person sees first. Nobody is sent a mail about what we write. */
const EVENTS = '/calendar/v3/calendars/primary/events';
const QUIETLY = '?sendUpdates=none';

/**
 * Events in somebody's calendar at Google (v3), for an access token. Bounded and checked; outside any transaction. A
 * provider that fails is left alone for a while.
 *
 * @throws AccessRefused on a 401, DeliveryFailure, ProviderPaused
 */
@Injectable()
export class GoogleCalendar {
  private readonly events: string;
  private readonly guard: ProviderGuard;

  constructor({ googleCalendar }: AppConfig, metrics: Metrics) {
    this.events = `${googleCalendar?.baseUrl ?? API_HOST}${EVENTS}`;
    this.guard = new ProviderGuard(PROVIDER, metrics);
  }

  /** Makes the event be there as it is told: new, changed, or back after it was deleted. Done twice, it is there once. */
  async put(accessToken: string, event: CalendarEvent): Promise<void> {
    await this.guard.run(event.id, async () => {
      const inserted = await this.ask(accessToken, 'POST', QUIETLY, newGoogleEvent(event));
      // The id is taken, by an event that is there or by one that was deleted: to say that it is confirmed brings it back.
      const answer =
        inserted.status === 409
          ? await this.ask(accessToken, 'PATCH', `/${event.id}${QUIETLY}`, googleEvent(event))
          : inserted;
      if (!isWritten(jsonOf(PROVIDER, this.taken(answer)), event.id))
        throw new DeliveryFailure(`${PROVIDER} garbage`, false);
    });
  }

  /** Nothing happens where it is not there, or not any more. */
  async remove(accessToken: string, eventId: string): Promise<void> {
    await this.guard.run(eventId, async () => {
      const answer = await this.ask(accessToken, 'DELETE', `/${eventId}${QUIETLY}`);
      if (answer.status !== 404 && answer.status !== 410) this.taken(answer);
    });
  }

  private async ask(accessToken: string, method: string, path: string, body?: unknown): Promise<BoundedAnswer> {
    const answer = await exchange(PROVIDER, `${this.events}${path}`, {
      method,
      headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status === 401) throw new AccessRefused();
    return answer;
  }

  /** What one person asked for too often says nothing of the provider. */
  private taken(answer: BoundedAnswer): BoundedAnswer {
    const { status, headers } = answer;
    if (status === 429 || (status === 403 && asksForPatience(textOf(answer))))
      throw new DeliveryFailure(`${PROVIDER} http_${status}`, false, retryAfterMsOf(headers), false);
    // The event went between the two questions: the next attempt inserts it.
    if (status === 404 || status === 410) throw new DeliveryFailure(`${PROVIDER} http_${status}`, false, null, false);
    return accepted(PROVIDER, answer);
  }
}

function textOf(answer: BoundedAnswer): unknown {
  try {
    return jsonOf(PROVIDER, answer);
  } catch {
    return null;
  }
}
