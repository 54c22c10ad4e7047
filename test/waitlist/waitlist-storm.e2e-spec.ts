import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { entryOf, join, liveQueueOf, queueOf, runQueueJob, type WireEntry } from 'test/support/queues';
import { type ServerProcess, startServer } from 'test/support/server-process';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-04T09:00:00Z';

interface Answer {
  status: number;
  detail: string | undefined;
}

describe('storms on a queue', () => {
  let app: TestApp;
  let servers: ServerProcess[];
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock(NOW);
    servers = await Promise.all([0, 1].map(() => startServer({ ROLE: 'api', DATABASE_URL: app.databaseUrl })));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await app.close();
  });
  beforeEach(() => app.setClock(NOW));
  afterEach(async () => {
    await expectInvariants(app.database);
    const { rows } = await app.database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows[0]?.deadlocks).toBe(0);
  });

  let turn = 0;
  /** Every request to another process than the one before it. */
  const ask = async (person: TestPerson, method: string, path: string, body?: object): Promise<Answer> => {
    turn += 1;
    const server = servers[turn % servers.length];
    if (!server) throw new Error('no server');
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'x-api-key': person.key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      detail: text === '' ? undefined : (JSON.parse(text) as { detail?: string }).detail,
    };
  };
  const plainly = (person: TestPerson): Promise<Answer> =>
    ask(person, 'POST', '/bookings', { coach_id: coach.id, scheduled_at: SLOT });
  const confirmed = (person: TestPerson, { id }: WireEntry): Promise<Answer> =>
    ask(person, 'POST', `/waitlist/${id}/confirm`);
  const faultless = (answers: readonly Answer[]): void =>
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const won = (answers: readonly Answer[]): number => answers.filter(({ status }) => status < 300).length;

  /** A full slot of so many places, and so many who wait for one, in order. */
  const full = async (
    places: number,
    waiting: number,
  ): Promise<{ booked: [TestPerson, WireBooking][]; queue: [TestPerson, WireEntry][] }> => {
    coach = await aCoach(app, { maxSlots: places });
    const people = await crowd(app, places + waiting);
    const booked: [TestPerson, WireBooking][] = [];
    for (const person of people.slice(0, places)) booked.push([person, await book(person, coach.id, SLOT)]);
    const queue: [TestPerson, WireEntry][] = [];
    for (const person of people.slice(places)) queue.push([person, await join(person, coach.id, SLOT)]);
    return { booked, queue };
  };
  const pick = <T>(list: readonly T[], index: number): T => {
    const found = list[index];
    if (found === undefined) throw new Error(`nothing at ${String(index)}`);
    return found;
  };

  it('trust 56: three cancellations and five who wait, on two processes: the first three are asked, once each', async () => {
    const { booked, queue } = await full(3, 5);
    const strangers = await crowd(app, 20);
    const answers = await Promise.all([
      ...booked.map(([person, { id }]) => ask(person, 'DELETE', `/bookings/${id}`)),
      ...strangers.map((person) => plainly(person)),
    ]);
    faultless(answers);
    expect(won(answers)).toBe(3);
    const expected = queue.map(([person], index) => [person.id, index < 3 ? 'notified' : 'waiting']);
    expect(await liveQueueOf(coach, SLOT)).toEqual(expected);
    // Nobody takes any of them in time; two are left, for three places.
    await app.setClock('2026-03-02T06:30:00.001Z');
    const late = await Promise.all([
      ...queue.slice(0, 3).map(([person, entry]) => confirmed(person, entry)),
      runQueueJob(app).then(() => ({ status: 0, detail: undefined })),
      ...strangers.slice(0, 2).map((person) => plainly(person)),
    ]);
    faultless(late);
    const refusals = late.slice(0, 3).map(({ detail }) => detail);
    expect(refusals).toEqual(Array.from({ length: 3 }, () => 'confirmation_window_expired'));
    const entries = await queueOf(coach, SLOT);
    const asked = entries.filter(({ notified_at }) => notified_at !== null).map(({ client_id }) => client_id);
    expect(asked.sort()).toEqual(queue.map(([person]) => person.id).sort());
    expect(entries.filter(({ status }) => status === 'expired')).toHaveLength(3);
    expect(entries.filter(({ status }) => status === 'notified')).toHaveLength(2);
    const taken = await Promise.all(queue.slice(3).map(([person, entry]) => confirmed(person, entry)));
    expect(taken.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('one place and two who want it: the one who was asked has it, the other keeps his turn', async () => {
    const { booked, queue } = await full(1, 2);
    const [[holder, booking]] = [pick(booked, 0)];
    const [[first, entry], [second, behind]] = [pick(queue, 0), pick(queue, 1)];
    await expectStatus(holder.http.delete(`/bookings/${booking.id}`), 200);
    const answers = await Promise.all([
      plainly(second),
      confirmed(first, entry),
      plainly(second),
      plainly(first),
      confirmed(second, behind),
      confirmed(first, entry),
      plainly(holder),
    ]);
    faultless(answers);
    expect(won(answers)).toBe(1);
    expect((await entryOf(coach, entry)).status).toBe('confirmed');
    expect(await liveQueueOf(coach, SLOT)).toEqual([[second.id, 'waiting']]);
  });

  it('taking, leaving and lapsing at once end an offer in one way', async () => {
    for (const [moment, ends] of [
      ['2026-03-02T06:30:00.000Z', ['confirmed', 'cancelled']],
      ['2026-03-02T06:30:00.001Z', ['expired', 'cancelled']],
    ] as const) {
      await app.setClock(NOW);
      const { booked, queue } = await full(1, 2);
      const [holder, booking] = pick(booked, 0);
      const [[first, entry], [second, behind]] = [pick(queue, 0), pick(queue, 1)];
      await expectStatus(holder.http.delete(`/bookings/${booking.id}`), 200);
      await app.setClock(moment);
      await expectClockOfAll(moment);
      const answers = await Promise.all([
        confirmed(first, entry),
        runQueueJob(app).then(() => ({ status: 300, detail: undefined })),
        ask(first, 'DELETE', `/waitlist/${entry.id}`),
        plainly(first),
        ask(coach, 'DELETE', `/waitlist/${entry.id}`),
      ]);
      faultless(answers);
      const { status } = await entryOf(coach, entry);
      expect(ends).toContain(status);
      const next = await entryOf(coach, behind);
      expect([second.id, next.status]).toEqual([second.id, status === 'confirmed' ? 'waiting' : 'notified']);
    }
  });

  it('a time off while places are taken leaves no offer behind', async () => {
    const { booked, queue } = await full(3, 3);
    await Promise.all(booked.map(([person, { id }]) => expectStatus(person.http.delete(`/bookings/${id}`), 200)));
    const away = { starts_at: SLOT, ends_at: '2026-03-04T10:00:00Z' };
    const answers = await Promise.all([
      ...queue.map(([person, entry]) => confirmed(person, entry)),
      ask(coach, 'POST', '/coaches/time-off', away),
      ...queue.map(([person]) => plainly(person)),
    ]);
    faultless(answers);
    expect(await liveQueueOf(coach, SLOT)).toEqual([]);
    const states = (await queueOf(coach, SLOT)).map(({ status }) => status);
    expect(states.every((status) => status === 'confirmed' || status === 'cancelled')).toBe(true);
    // The absence itself is one of the successes.
    expect(won(answers)).toBe(1 + states.filter((status) => status === 'confirmed').length);
  });

  it('the job in three places at once asks nobody twice', async () => {
    const { booked, queue } = await full(2, 6);
    await Promise.all(booked.map(([person, { id }]) => expectStatus(person.http.delete(`/bookings/${id}`), 200)));
    for (const minute of [31, 62, 93]) {
      const at = new Date(Date.parse(NOW) + minute * 60_000).toISOString();
      await app.setClock(at);
      await Promise.all([1, 2, 3].map(() => runQueueJob(app)));
    }
    const entries = await queueOf(coach, SLOT);
    expect(entries).toHaveLength(queue.length);
    expect(entries.every(({ status }) => status === 'expired')).toBe(true);
    const inOrder = queue.map(
      ([person]) => entries.find(({ client_id }) => client_id === person.id)?.notified_at ?? '',
    );
    expect(inOrder).toEqual([...inOrder].sort());
    expect(new Set(inOrder).size).toBe(3);
  });

  /** The other processes hear of the moved clock within moments. */
  async function expectClockOfAll(moment: string): Promise<void> {
    const wanted = new Date(moment).getTime();
    for (const server of servers) {
      const since = performance.now();
      let now = 0;
      while (now !== wanted && performance.now() - since < 5_000) {
        const answer = await fetch(`${server.url}/sandbox/clock`);
        now = Date.parse(((await answer.json()) as { now: string }).now);
      }
      expect(now).toBe(wanted);
    }
  }
});
