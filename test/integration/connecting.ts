import { JobWorker } from 'src/common/jobs/job-worker';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import type { ProviderName } from 'src/modules/integration/provider.types';
import type { Test } from 'supertest';
import { expectStatus } from 'test/support/coaching';
import type { Decision } from 'test/support/provider-page';
import type { ProviderServer } from 'test/support/provider-server';
import type { TestApp, TestPerson } from 'test/support/test-app';
import type { Vendor } from './vendors/vendor';

/** Connecting accounts to providers, for tests about what comes of it. */

type Route = Pick<Vendor, 'route'>;

export interface WireStatus {
  provider: ProviderName;
  connected: boolean;
  needs_reconnect: boolean;
  configured: boolean;
  scope: string | null;
  expires_at: string | null;
}

/** Somebody sets out to connect: where his browser is to go. */
export async function setOut(person: TestPerson, { route }: Route): Promise<{ url: string; state: string }> {
  const way = await expectStatus<{ authorize_url: string; state: string }>(
    person.http.get(`/integrations/${route}`),
    200,
  );
  return { url: way.authorize_url, state: way.state };
}

/** The provider sends him back: the call of his browser, without a key. */
export function comeBack(app: TestApp, to: URL): Test {
  return app.http.get(`${to.pathname}${to.search}`);
}

/** The whole way, as a person goes it. */
export async function connect(
  app: TestApp,
  person: TestPerson,
  vendor: Route,
  server: ProviderServer,
  decision: Partial<Decision> = {},
): Promise<void> {
  const { url } = await setOut(person, vendor);
  const { status } = await expectStatus<{ status: string }>(comeBack(app, await server.decide(url, decision)), 200);
  expect(status).toBe('connected');
}

export async function statusOf(person: TestPerson, provider: ProviderName): Promise<WireStatus> {
  const states = await expectStatus<WireStatus[]>(person.http.get('/integrations/status'), 200);
  const state = states.find((one) => one.provider === provider);
  if (!state) throw new Error(`no status of ${provider}`);
  return state;
}

/** What the adapters of a provider do first: something with a token that is good. */
export async function tokenOf(app: TestApp, person: Pick<TestPerson, 'id'>, provider: ProviderName): Promise<string> {
  const connections = app.nest.get(ConnectionService, { strict: false });
  return connections.withAccess(person.id, provider, (token) => Promise.resolve(token));
}

/** Works off what waits in the queue now. */
export async function settle(app: TestApp): Promise<void> {
  await app.nest.get(JobWorker, { strict: false }).settle();
}

/** Every row of every table, as text. */
export async function everythingStored(app: TestApp): Promise<string> {
  const { rows: tables } = await app.database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await app.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** How many connections and ways to providers are stored of somebody. */
export async function storedOf(app: TestApp, person: TestPerson): Promise<{ connections: number; ways: number }> {
  const { rows } = await app.database.query<{ connections: number; ways: number }>(
    `SELECT (SELECT count(*)::int FROM oauth_connections WHERE user_id = $1) AS connections,
       (SELECT count(*)::int FROM oauth_states WHERE user_id = $1) AS ways`,
    [person.id],
  );
  return rows[0] ?? { connections: -1, ways: -1 };
}

/** Somebody who is not what he was: suspended, closing or gone. */
export async function setStatus(app: TestApp, { id }: Pick<TestPerson, 'id'>, status: string): Promise<void> {
  await app.database.query(
    `UPDATE users SET status = $2, status_before_suspension = CASE $2 WHEN 'suspended' THEN 'active' END WHERE id = $1`,
    [id, status],
  );
}
