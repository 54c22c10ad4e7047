import { expectInvariants } from 'test/support/invariants';
import { crowd } from 'test/support/crowd';
import { aCoach } from 'test/support/coaching';
import { type ServerProcess, startServer } from 'test/support/server-process';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const slotOn = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T09:00:00Z`;

interface Answer {
  status: number;
  id?: string;
}

async function post(server: ServerProcess, person: TestPerson, coachId: string, startsAt: string): Promise<Answer> {
  const answer = await fetch(`${server.url}/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': person.key },
    body: JSON.stringify({ coach_id: coachId, scheduled_at: startsAt }),
  });
  const body = (await answer.json()) as { id?: string };
  return { status: answer.status, id: body.id };
}

describe('two processes on one database', () => {
  let app: TestApp;
  let servers: ServerProcess[];
  let people: TestPerson[];

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    people = await crowd(app, 200);
    servers = await Promise.all([0, 1].map(() => startServer({ ROLE: 'api', DATABASE_URL: app.databaseUrl })));
  }, 90_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await app.close();
  });
  afterEach(() => expectInvariants(app.database));

  const serverOf = (index: number): ServerProcess => {
    const server = servers[index % servers.length];
    if (!server) throw new Error('no server');
    return server;
  };

  it('trust 43: sell one seat once to 200 clients', async () => {
    const coach = await aCoach(app);
    const answers = await Promise.all(
      people.map((person, index) => post(serverOf(index), person, coach.id, slotOn(3))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(199);
  });

  it('trust 44: sell five seats five times', async () => {
    const coach = await aCoach(app, { maxSlots: 5 });
    const answers = await Promise.all(
      people.map((person, index) => post(serverOf(index), person, coach.id, slotOn(5))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(195);
  });

  it('trust 8 and 12: a key revoked on one is refused by the other within a second', async () => {
    const person = await app.register();
    const me = (server: ServerProcess): Promise<number> =>
      fetch(`${server.url}/auth/me`, { headers: { 'x-api-key': person.key } }).then(({ status }) => status);
    expect(await Promise.all(servers.map(me))).toEqual([200, 200]);
    const revoked = await fetch(`${serverOf(0).url}/auth/logout`, {
      method: 'DELETE',
      headers: { 'x-api-key': person.key },
    });
    expect(revoked.status).toBe(204);
    const since = performance.now();
    expect(await me(serverOf(0))).toBe(401);
    let status = 0;
    while (status !== 401 && performance.now() - since < 5_000) status = await me(serverOf(1));
    expect(status).toBe(401);
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it('agree on the clock that one of them moves', async () => {
    const moved = await fetch(`${serverOf(0).url}/sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now: '2026-03-02T07:00:00Z' }),
    });
    expect(moved.status).toBe(200);
    const since = performance.now();
    let now = '';
    while (now !== '2026-03-02T07:00:00Z' && performance.now() - since < 5_000) {
      const answer = await fetch(`${serverOf(1).url}/sandbox/clock`);
      now = ((await answer.json()) as { now: string }).now;
    }
    expect(now).toBe('2026-03-02T07:00:00Z');
    await app.setClock('2026-03-02T06:00:00Z');
  });

  it('trust 51: killed in the middle of a storm lose no booking that they acknowledged', async () => {
    const coach = await aCoach(app, { maxSlots: 50 });
    const victim = await startServer({ ROLE: 'api', DATABASE_URL: app.databaseUrl });
    const acknowledged: string[] = [];
    let answered = 0;
    const storm = people.map(async (person, index) => {
      const hour = String(8 + (index % 9)).padStart(2, '0');
      try {
        const { status, id } = await post(victim, person, coach.id, `2026-03-04T${hour}:00:00Z`);
        answered += 1;
        if (status === 201 && id) acknowledged.push(id);
        // Not before some are through, and not after all are.
        if (answered === 40) victim.child.kill('SIGKILL');
      } catch {
        // The connection broke: nothing was acknowledged.
      }
    });
    await Promise.all(storm);
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect(acknowledged.length).toBeLessThan(people.length);
    const { rows } = await app.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM bookings b JOIN seats s ON s.booking_id = b.id WHERE b.id = ANY($1)',
      [acknowledged],
    );
    expect(rows[0]?.n).toBe(acknowledged.length);
    // What the dead process left open is rolled back by the server; wait until its sessions are gone.
    const since = performance.now();
    let open = -1;
    while (open !== 0 && performance.now() - since < 10_000) {
      const sessions = await app.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      open = sessions.rows[0]?.n ?? -1;
    }
    expect(open).toBe(0);
  });
});
