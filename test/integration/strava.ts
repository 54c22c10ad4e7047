import { expectStatus } from 'test/support/coaching';
import type { StravaServer } from 'test/support/strava-server';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { connect, settle } from './connecting';

/** People and Strava, for tests of what goes there and comes from there. */

export const SCOPES = ['read', 'activity:write', 'activity:read_all'];

export interface WirePush {
  status: string;
  strava_activity_id: string;
  name: string;
  type: string;
  start_date_local: string;
  strava_activity_url: string;
}

export interface WireImported {
  strava_activity_id: string;
  name: string;
  type: string;
  start_date: string;
  duration_min: number;
  imported: boolean;
  session_id: string | null;
}

let lastAccount = 4_000;

/** Somebody connects an account of Strava that nobody else has. @returns its number there */
export async function connected(
  app: TestApp,
  strava: StravaServer,
  person: TestPerson,
  account = String((lastAccount += 1)),
): Promise<string> {
  await connect(app, person, { route: 'strava' }, strava, { account });
  return account;
}

export async function pushed(person: TestPerson, sessionId: string): Promise<WirePush> {
  return expectStatus<WirePush>(person.http.post(`/integrations/strava/push/${sessionId}`), 200);
}

export async function importOf(person: TestPerson, query = ''): Promise<WireImported[]> {
  return expectStatus<WireImported[]>(person.http.get(`/integrations/strava/import${query}`), 200);
}

/** `status detail` of whatever is answered. */
export async function refusalOf(answer: PromiseLike<{ status: number; body: unknown }>): Promise<string> {
  const { status, body } = await answer;
  const { detail } = (body ?? {}) as { detail?: string };
  return detail === undefined ? String(status) : `${status} ${detail}`;
}

/** Strava tells it, and the jobs that follow are worked off. */
export async function hears(app: TestApp, event: object): Promise<void> {
  await expectStatus(app.http.post('/webhooks/strava').send(event), 200);
  await settle(app);
}

/** What the database remembers of pushes, by the session. */
export async function pushRows(
  app: TestApp,
  person: TestPerson,
): Promise<{ state: string; activity_id: string | null }[]> {
  const { rows } = await app.database.query<{ state: string; activity_id: string | null }>(
    'SELECT state, activity_id FROM strava_pushes WHERE user_id = $1 ORDER BY claimed_at',
    [person.id],
  );
  return rows;
}
