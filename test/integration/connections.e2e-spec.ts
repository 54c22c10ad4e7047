import { Client } from 'pg';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { IntegrationNotConnected } from 'src/modules/integration/integration.errors';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { eventually } from 'test/support/eventually';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { comeBack, connect, setOut, setStatus, settle, statusOf, storedOf, tokenOf } from './connecting';

const STRAVA = { route: 'strava' } as const;
/** Connections of this database that wait for a lock. */
const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('connections to providers', () => {
  let app: TestApp;
  let server: StravaServer;
  let person: TestPerson;
  let connections: ConnectionService;

  const end = async (one: TestPerson, provider: string): Promise<[number, unknown]> => {
    const { status, body } = await one.http.delete(`/integrations/disconnect/${provider}`);
    return [status, (body as { detail?: string }).detail];
  };

  beforeAll(async () => {
    server = await new StravaServer().start();
    app = await startTestApp(server.variables);
    connections = app.nest.get(ConnectionService, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });
  beforeEach(async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    await settle(app);
    server.forget();
    person = await app.register();
    server.defaultAccount = String(1_000_000 + Math.trunc(performance.now()));
  });

  it('end once, at the provider as well, and leave those of others alone', async () => {
    const other = await app.register();
    await connect(app, person, STRAVA, server, { account: '1' });
    await connect(app, other, STRAVA, server, { account: '2' });
    expect(await end(person, 'strava')).toEqual([204, undefined]);
    expect(await end(person, 'strava')).toEqual([404, 'integration_not_found']);
    await settle(app);
    expect([server.grants.of('1').length, server.grants.of('2').length]).toEqual([0, 1]);
    expect(await statusOf(person, 'strava')).toMatchObject({ connected: false, scope: null, expires_at: null });
    expect(await statusOf(other, 'strava')).toMatchObject({ connected: true });
  });

  it.each(['strava', 'google_calendar', 'withings', 'garmin', 'calendar', 'nobody', '%00', '../auth'])(
    'of which there is none to %s are not found',
    async (provider) => {
      expect((await end(person, provider))[0]).toBe(404);
    },
  );

  it('end even when the provider does not answer, which is told later', async () => {
    await connect(app, person, STRAVA, server);
    server.fail('/oauth/deauthorize', { status: 503 }, 2);
    expect((await end(person, 'strava'))[0]).toBe(204);
    await settle(app);
    expect(await storedOf(app, person)).toEqual({ connections: 0, ways: 0 });
    expect(server.grants.of(server.defaultAccount)).toHaveLength(1);
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle(app);
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle(app);
    expect(server.grants.of(server.defaultAccount)).toEqual([]);
  });

  it('are given back for half a day, and then no token of theirs stays in the queue', async () => {
    await connect(app, person, STRAVA, server);
    server.fail('/oauth/deauthorize', { status: 503 }, Infinity);
    expect((await end(person, 'strava'))[0]).toBe(204);
    const left = async (): Promise<number | null> =>
      (await app.database.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier = 'revoke_grant'`)).rowCount;
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      expect(await left()).toBe(1);
      await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
      await settle(app);
    }
    expect(server.requestsTo('/oauth/deauthorize')).toHaveLength(7);
    expect(await left()).toBe(0);
  });

  it('are not taken away again from who ended one and began another', async () => {
    await connect(app, person, STRAVA, server);
    await end(person, 'strava');
    await connect(app, person, STRAVA, server);
    await settle(app);
    expect(server.requestsTo('/oauth/deauthorize')).toEqual([]);
    await expect(tokenOf(app, person, 'strava')).resolves.toMatch(/^access_/);
  });

  it('are there for who consents again at the moment in which his tokens are found worthless', async () => {
    await connect(app, person, STRAVA, server);
    const { url } = await setOut(person, STRAVA);
    const rival = new Client(app.databaseUrl);
    await rival.connect();
    try {
      await rival.query('BEGIN');
      await rival.query(
        `UPDATE oauth_connections SET needs_reconnect = true, access_token = NULL, refresh_token = NULL,
           version = version + 1 WHERE user_id = $1`,
        [person.id],
      );
      const coming = comeBack(app, await server.decide(url)).then(({ status }) => status);
      await eventually(
        async () => (await rival.query(WAITING)).rowCount,
        (waiting) => waiting !== 0,
      );
      await rival.query('COMMIT');
      expect(await coming).toBe(200);
    } finally {
      await rival.end();
    }
    expect(await statusOf(person, 'strava')).toMatchObject({ connected: true, needs_reconnect: false });
  });

  it('belong to one account: who connects the same one later takes it over', async () => {
    const other = await app.register();
    await connect(app, person, STRAVA, server, { account: '77' });
    await connect(app, other, STRAVA, server, { account: '77' });
    await settle(app);
    expect(await connections.ownerOf('strava', '77')).toBe(other.id);
    expect(await statusOf(person, 'strava')).toMatchObject({ connected: false });
    await expect(tokenOf(app, other, 'strava')).resolves.toMatch(/^access_/);
    expect(server.requestsTo('/oauth/deauthorize')).toEqual([]);
  });

  it('belong to one account when several connect it at once', async () => {
    const people = [person, await app.register(), await app.register(), await app.register()];
    const ways = await Promise.all(
      people.map(async (one) => server.decide((await setOut(one, STRAVA)).url, { account: '88' })),
    );
    const answers = await Promise.all(ways.map((back) => comeBack(app, back)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const states = await Promise.all(people.map((one) => statusOf(one, 'strava')));
    const owners = people.filter((_, place) => states[place]?.connected).map(({ id }) => id);
    expect(owners).toEqual([await connections.ownerOf('strava', '88')]);
  });

  it('are told for many people at once, of those who may be spoken for', async () => {
    const [suspended, refused, stranger] = [await app.register(), await app.register(), await app.register()];
    for (const [place, one] of [person, suspended, refused].entries())
      await connect(app, one, STRAVA, server, { account: `9${place}` });
    await setStatus(app, suspended, 'suspended');
    server.grants.revokeAccount('92');
    await app.setClock('2026-03-02T18:00:00Z');
    await expect(tokenOf(app, refused, 'strava')).rejects.toBeInstanceOf(IntegrationNotConnected);
    const before = app.queryCount();
    const ids = [person, suspended, refused, stranger].map(({ id }) => id);
    expect([...(await connections.connectedAmong(ids, 'strava'))]).toEqual([person.id]);
    expect(app.queryCount() - before).toBe(1);
    expect(await connections.connectedAmong(ids, 'withings')).toEqual(new Set());
    expect(await connections.connectedAmong([], 'strava')).toEqual(new Set());
  });

  it.each(['suspended', 'deletion_pending'])('of an account that is %s open nothing (trust 20)', async (status) => {
    await connect(app, person, STRAVA, server);
    await setStatus(app, person, status);
    const asked = server.requests.length;
    await expect(tokenOf(app, person, 'strava')).rejects.toBeInstanceOf(IntegrationNotConnected);
    expect(server.requests).toHaveLength(asked);
    await setStatus(app, person, 'active');
    await expect(tokenOf(app, person, 'strava')).resolves.toMatch(/^access_/);
  });

  it('are never spoken over inside a transaction', async () => {
    await connect(app, person, STRAVA, server);
    const unit = app.nest.get(UnitOfWork, { strict: false });
    await expect(unit.run(() => tokenOf(app, person, 'strava'))).rejects.toThrow('inside a transaction');
  });

  it('can be ended whose tokens no key opens', async () => {
    await connect(app, person, STRAVA, server);
    await app.database.query(`UPDATE oauth_connections SET access_token = 'gone:AAAA' WHERE user_id = $1`, [person.id]);
    await expect(tokenOf(app, person, 'strava')).rejects.toBeInstanceOf(IntegrationNotConnected);
    expect((await end(person, 'strava'))[0]).toBe(204);
  });
});
