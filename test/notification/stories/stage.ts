import { registerProved } from 'test/auth/links';
import { aCoach, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import type { StravaServer } from 'test/support/strava-server';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** The world in which a story of the messages is told: who is there, how each reads, and what they do. */

export const NOW = '2026-03-02T06:00:00Z';
/** Thursday: ten in Paris, nine in London and on the Canaries. */
export const SLOT = '2026-03-05T09:00:00Z';
export const LATER = '2026-03-06T13:00:00Z';

export type Who = 'coach' | 'client' | 'other';

export interface Reader {
  locale: string;
  timezone: string;
  firstName: string;
}

export const READERS: Readonly<Record<Who, Reader>> = {
  coach: { locale: 'fr-FR', timezone: 'Europe/Paris', firstName: 'Inès' },
  client: { locale: 'en-GB', timezone: 'Europe/London', firstName: 'Zoé' },
  other: { locale: 'es-ES', timezone: 'Atlantic/Canary', firstName: 'Ana' },
};

/** What stands for a placeholder: a text, or an instant or a day that each reads in his own way. */
export type Worded = string | { at: string } | { day: string };

/** A message that must leave. Its channels stand in the table of the rules. */
export interface Message {
  to: Who;
  type: string;
  variant?: string;
  values: Readonly<Record<string, Worded>>;
  data: Readonly<Record<string, string>>;
}

/** What happens, to its last request, and who is told of that. Whatever left before is not looked at. */
export type Story = readonly [title: string, tell: (stage: Stage) => Promise<Message[]>];

export class Stage {
  private constructor(
    readonly app: TestApp,
    /** What the app takes for Strava. */
    readonly strava: StravaServer,
    readonly people: Record<Who, TestPerson>,
  ) {}

  static async set(app: TestApp, strava: StravaServer): Promise<Stage> {
    await app.setClock(NOW);
    const [client, other] = (await crowd(app, 2)) as [TestPerson, TestPerson];
    for (const [{ id }, { locale, timezone, firstName }] of [
      [client, READERS.client],
      [other, READERS.other],
    ] as const)
      await app.database.query('UPDATE users SET locale = $2, timezone = $3, first_name = $4 WHERE id = $1', [
        id,
        locale,
        timezone,
        firstName,
      ]);
    // The reader that stands above, with hours on the two days of the stories.
    const coach = await aCoach(app, { profile: { discovery_enabled: true }, days: [3, 4] });
    return new Stage(app, strava, { coach, client, other });
  }

  /** Somebody with a password and a proved address takes the part of the client. */
  async signUp(): Promise<void> {
    const { locale, timezone, firstName } = READERS.client;
    this.people.client = await registerProved(this.app, { locale, timezone, first_name: firstName });
  }

  get coach(): TestPerson {
    return this.people.coach;
  }

  get client(): TestPerson {
    return this.people.client;
  }

  get other(): TestPerson {
    return this.people.other;
  }

  /** From here on it counts what leaves. */
  async begin(): Promise<void> {
    await this.app.messages();
    await this.app.http.delete('/sandbox/messages').expect(204);
  }

  async post<T = { id: string }>(who: TestPerson, path: string, body: object = {}, status = 200): Promise<T> {
    return expectStatus<T>(who.http.post(path).send(body), status);
  }

  async book(who = this.client, more: object = {}): Promise<string> {
    const body = { coach_id: this.coach.id, scheduled_at: SLOT, ...more };
    return (await this.post(who, '/bookings', body, 201)).id;
  }

  /** A session that both agreed on. */
  async agree(who = this.client, more: object = {}): Promise<string> {
    const id = await this.book(who, more);
    await this.post(this.coach, `/bookings/${id}/confirm`);
    return id;
  }

  async cancel(who: TestPerson, id: string, body: object = {}): Promise<void> {
    await expectStatus(who.http.delete(`/bookings/${id}`).send(body), 200);
  }

  async run(job: string): Promise<void> {
    await expectStatus(this.app.http.post(`/sandbox/jobs/${job}/run`), 200);
  }
}

/** The session of most stories, as a text holds it. */
export const SESSION: Worded = { at: SLOT };
export const toClient = { coach: READERS.coach.firstName };
export const toCoach = { client: READERS.client.firstName };
