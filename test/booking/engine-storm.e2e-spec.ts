import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, confirm, creditsOf, historyOf, movementsOf, paymentsOf, sell, setPolicy } from './dealings';

const NOW = '2026-03-02T06:00:00Z';

interface Answer {
  status: number;
  body: unknown;
}

function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status < 300 ? String(status) : `${String(status)} ${(body as { detail?: string }).detail ?? ''}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** So many starts that do not touch: twelve a day, from Tuesday on. */
function starts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const day = String(3 + Math.floor(index / 12)).padStart(2, '0');
    const hour = String(7 + (index % 12)).padStart(2, '0');
    return `2026-03-${day}T${hour}:00:00Z`;
  });
}

describe('storms on what bookings hold and owe', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app, { priceCents: null });
    client = await app.register();
    await bond(app, coach, client);
  });
  afterEach(async () => {
    await expectInvariants(app.database);
    const { rows } = await app.database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows[0]?.deadlocks).toBe(0);
  });

  it('trust 46: fifty bookings by the coach on a package of ten give exactly ten', async () => {
    await sell(coach, client, 10);
    const answers = await Promise.all(
      starts(50).map((scheduled_at) =>
        coach.http.post('/bookings').send({ coach_id: coach.id, client_id: client.id, scheduled_at }),
      ),
    );
    expect(tally(answers)).toEqual({ '201': 10, '402 no_credits_available': 40 });
    expect(await creditsOf(coach, client)).toEqual([10, 0, 'active']);
  });

  it('trust 46: fifty requests by the client on a package of twelve give five, the most that may wait', async () => {
    await sell(coach, client, 12);
    const answers = await Promise.all(
      starts(50).map((scheduled_at) => client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at })),
    );
    expect(tally(answers)).toEqual({ '201': 5, '422 too_many_pending': 45 });
    expect(await creditsOf(coach, client)).toEqual([12, 7, 'active']);
  });

  it('trust 46: a session comes back once, whoever asks for it and how often', async () => {
    await sell(coach, client, 1);
    const booking = await book(client, coach.id, starts(1)[0] ?? '');
    await Promise.all([
      ...Array.from({ length: 5 }, () => client.http.delete(`/bookings/${booking.id}`)),
      ...Array.from({ length: 5 }, () => coach.http.post(`/bookings/${booking.id}/reject`).send({})),
    ]);
    expect(await movementsOf(app, booking.id)).toEqual(['hold', 'release']);
    expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
  });

  it('confirming, cancelling and lapsing at once have one effect each time', async () => {
    await sell(coach, client, 12);
    for (const start of starts(4)) {
      await app.setClock(NOW);
      const booking = await book(client, coach.id, start);
      await app.setClock('2026-03-03T06:00:00.000Z');
      const answers = await Promise.all([
        coach.http.post(`/bookings/${booking.id}/confirm`),
        client.http.delete(`/bookings/${booking.id}`),
        app.http.post('/sandbox/jobs/auto_reject_expired_bookings/run'),
        coach.http.post(`/bookings/${booking.id}/confirm`),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const steps = await historyOf(client, booking);
      expect(steps).toHaveLength(2);
      expect(['auto_rejected', 'cancelled_by_client']).toContain(steps.at(-1)?.to);
      expect(await movementsOf(app, booking.id)).toEqual(['hold', 'release']);
    }
  });

  it('moving and cancelling at once leave one of the two', async () => {
    await sell(coach, client, 3);
    const [first = '', second = '', third = ''] = starts(3);
    const booking = await book(client, coach.id, first);
    await confirm(coach, booking);
    const answers = await Promise.all([
      client.http.post(`/bookings/${booking.id}/reschedule`).send({ scheduled_at: second }),
      coach.http.post(`/bookings/${booking.id}/reschedule`).send({ scheduled_at: third }),
      client.http.delete(`/bookings/${booking.id}`),
      coach.http.delete(`/bookings/${booking.id}`),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(3);
    const isMoved = answers.some(({ status }) => status === 201);
    expect(await creditsOf(coach, client)).toEqual([3, isMoved ? 2 : 3, 'active']);
  });

  it('done by the coach while the job comes by is done once, and owed once', async () => {
    const seller = await aCoach(app);
    const booking = await book(client, seller.id, starts(1)[0] ?? '');
    await confirm(seller, booking);
    await app.setClock('2026-03-05T09:00:00Z');
    const answers = await Promise.all([
      seller.http.post(`/bookings/${booking.id}/done`),
      app.http.post('/sandbox/jobs/auto_complete_bookings/run'),
      app.http.post('/sandbox/jobs/auto_complete_bookings/run'),
      seller.http.post(`/bookings/${booking.id}/no-show`),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
  });

  it('a job run twice at once settles each penalty once', async () => {
    await setPolicy(coach, { mode: 'manual' });
    await sell(coach, client, 5);
    const booked: WireBooking[] = [];
    for (const start of starts(4)) {
      const booking = await book(client, coach.id, start);
      await confirm(coach, booking);
      booked.push(booking);
    }
    await app.setClock('2026-03-02T23:00:00Z');
    for (const { id } of booked) await expectStatus(client.http.delete(`/bookings/${id}`), 200);
    expect(await creditsOf(coach, client)).toEqual([5, 1, 'active']);
    await app.setClock('2026-04-02T00:00:00Z');
    const runs = await Promise.all(
      [1, 2, 3].map(() =>
        expectStatus<{ processed_count: number }>(app.http.post('/sandbox/jobs/settle_undecided_penalties/run'), 200),
      ),
    );
    expect(runs.reduce((sum, { processed_count }) => sum + processed_count, 0)).toBe(4);
    expect(await creditsOf(coach, client)).toEqual([5, 5, 'active']);
  });

  it('trust 45: people who change places over two coaches lose none and meet no deadlock', async () => {
    const coaches = [await aCoach(app), await aCoach(app)] as const;
    const people = await crowd(app, 10);
    const hours = starts(12);
    const mine: { person: TestPerson; one: WireBooking; other: WireBooking; at: number }[] = [];
    for (const [index, person] of people.entries()) {
      const one = await book(person, coaches[0].id, hours[index] ?? '');
      const other = await book(person, coaches[1].id, hours[(index + 1) % 10] ?? '');
      mine.push({ person, one, other, at: index });
    }
    // Everybody wants to change one hour with his neighbour, at both coaches at once.
    const answers = await Promise.all(
      mine.flatMap(({ person, one, other, at }) => [
        person.http.post(`/bookings/${one.id}/reschedule`).send({ scheduled_at: hours[(at + 1) % 10] }),
        person.http.post(`/bookings/${other.id}/reschedule`).send({ scheduled_at: hours[at] }),
        person.http.post(`/bookings/${one.id}/reschedule`).send({ scheduled_at: hours[10 + (at % 2)] }),
        person.http.post(`/bookings/${other.id}/reschedule`).send({ scheduled_at: hours[11 - (at % 2)] }),
      ]),
    );
    expect(Object.keys(tally(answers)).filter((name) => name.startsWith('5'))).toEqual([]);
    const { rows } = await app.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM seats WHERE coach_id = ANY($1)`,
      [coaches.map(({ id }) => id)],
    );
    expect(rows[0]?.n).toBe(20);
  });

  it('trust 47–49: one booking and one held session for many repeats of one Idempotency-Key', async () => {
    await sell(coach, client, 3);
    const [start = ''] = starts(1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        client.http.post('/bookings').set('Idempotency-Key', 'tap').send({ coach_id: coach.id, scheduled_at: start }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status)).size).toBeLessThanOrEqual(2);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => (body as WireBooking).id));
    expect(ids.size).toBe(1);
    expect(await creditsOf(coach, client)).toEqual([3, 2, 'active']);
  });
});
