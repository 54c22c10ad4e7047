import type { ServerResponse } from 'node:http';
import { answerJson } from './provider-faults';
import type { ProviderGrant } from './provider-grants';
import { type ProviderRequest, ProviderServer } from './provider-server';

export const EVENTS_PATH = '/calendar/v3/calendars/primary/events';
export const EVENTS_SCOPE = 'https://www.googleapis.com/auth/calendar.events';

/** An event as Google has it. */
export interface StoredEvent {
  id: string;
  status: string;
  summary: string;
  location?: string | null;
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
  etag: string;
  [field: string]: unknown;
}

/** Google's limits for one person, by its reason. */
export const SLOW_DOWN = {
  status: 403,
  retryAfter: 7,
  body: {
    error: {
      code: 403,
      message: 'Rate Limit Exceeded',
      errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded', message: 'Rate Limit Exceeded' }],
    },
  },
};

/** Base32hex, as ids that a client sets have to be. */
const ID = /^[a-v0-9]{5,1024}$/;

/** Google Calendar on this machine: one calendar for each account. A deleted event keeps its id, and can come back. */
export class GoogleCalendarServer extends ProviderServer {
  readonly provider = 'google_calendar';
  protected readonly paths = { authorize: '/o/oauth2/v2/auth', token: '/token', revoke: '/revoke' };
  private readonly calendars = new Map<string, Map<string, StoredEvent>>();
  private changes = 0;
  /** How many requests for events have been served at the same moment. */
  mostAtOnce = 0;
  private atOnce = 0;
  /** How long a request for an event takes. */
  delayMs = 0;

  get variables(): Record<string, string> {
    return {
      GOOGLE_CALENDAR_CLIENT_ID: this.clientId,
      GOOGLE_CALENDAR_CLIENT_SECRET: this.clientSecret,
      GOOGLE_CALENDAR_BASE_URL: this.url,
    };
  }

  /** What the person sees, by start. */
  eventsOf(account: string): StoredEvent[] {
    return this.all(account)
      .filter(({ status }) => status !== 'cancelled')
      .sort((one, other) => one.start.dateTime.localeCompare(other.start.dateTime));
  }

  /** Also what was deleted. */
  find(account: string, id: string): StoredEvent | undefined {
    return this.calendars.get(account)?.get(id);
  }

  /** The person changes an event by hand. */
  change(account: string, id: string, fields: Partial<StoredEvent>): void {
    const event = this.find(account, id);
    if (!event) throw new Error(`no event ${id}`);
    Object.assign(event, fields, { etag: this.nextEtag() });
  }

  /** The person deletes an event by hand. */
  delete(account: string, id: string): void {
    this.change(account, id, { status: 'cancelled' });
  }

  /** Long after it was deleted nothing is left of an event, and its id is free. */
  purge(account: string, id: string): void {
    this.calendars.get(account)?.delete(id);
  }

  /** Every calendar is empty, and whoever was let in still is. */
  forgetEvents(): void {
    this.calendars.clear();
  }

  override forget(): void {
    super.forget();
    this.forgetEvents();
    this.mostAtOnce = 0;
    this.delayMs = 0;
  }

  protected serveApi(request: ProviderRequest, response: ServerResponse, grant: ProviderGrant): void {
    if (!grant.scopes.includes(EVENTS_SCOPE)) {
      refuse(response, 403, 'insufficientPermissions');
      return;
    }
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    setTimeout(() => {
      this.atOnce -= 1;
      this.serveEvents(request, response, grant.account);
    }, this.delayMs);
  }

  protected override sendUnauthorized(response: ServerResponse): void {
    refuse(response, 401, 'authError');
  }

  private serveEvents({ path, method, body }: ProviderRequest, response: ServerResponse, account: string): void {
    const id = path.startsWith(`${EVENTS_PATH}/`) ? path.slice(EVENTS_PATH.length + 1) : null;
    const event = id === null ? undefined : this.find(account, id);
    if (path === EVENTS_PATH && method === 'POST') this.insert(account, JSON.parse(body) as StoredEvent, response);
    else if (id === null) refuse(response, 404, 'notFound');
    else if (!event) refuse(response, 404, 'notFound');
    else if (method === 'PATCH') {
      Object.assign(event, JSON.parse(body), { etag: this.nextEtag() });
      answerJson(response, 200, event);
    } else if (method === 'DELETE' && event.status === 'cancelled') refuse(response, 410, 'deleted');
    else if (method === 'DELETE') {
      Object.assign(event, { status: 'cancelled', etag: this.nextEtag() });
      response.writeHead(204).end();
    } else refuse(response, 405, 'httpMethodNotAllowed');
  }

  private insert(account: string, event: StoredEvent, response: ServerResponse): void {
    if (!ID.test(event.id) || !isDated(event)) refuse(response, 400, 'invalid');
    else if (this.find(account, event.id)) refuse(response, 409, 'duplicate');
    else {
      const kept = { kind: 'calendar#event', ...event, etag: this.nextEtag() };
      this.calendarOf(account).set(event.id, kept);
      answerJson(response, 200, kept);
    }
  }

  private all(account: string): StoredEvent[] {
    return [...(this.calendars.get(account)?.values() ?? [])];
  }

  private calendarOf(account: string): Map<string, StoredEvent> {
    const known = this.calendars.get(account) ?? new Map<string, StoredEvent>();
    this.calendars.set(account, known);
    return known;
  }

  private nextEtag(): string {
    this.changes += 1;
    return `"${this.changes}"`;
  }
}

function isDated({ start, end }: Partial<StoredEvent>): boolean {
  return [start, end].every((at) => !Number.isNaN(Date.parse(at?.dateTime ?? '')));
}

function refuse(response: ServerResponse, code: number, reason: string): void {
  const message = `The request was refused: ${reason}`;
  answerJson(response, code, { error: { code, message, errors: [{ domain: 'global', reason, message }] } });
}
