import { bond, confirm, creditsOf, movementsOf, sell } from 'test/booking/dealings';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { join } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const PATH = '/coaches/bookings/bulk-cancel';
const at = (hour: number, day: number): string =>
  `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;

interface Answer {
  status: number;
  body: { detail?: string; cancelled_count?: number };
}

describe('storms of bulk cancellations', () => {
  let app: TestApp;
  let people: TestPerson[];

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    people = await crowd(app, 24);
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.database));

  const ended = async (bookings: readonly WireBooking[]): Promise<Record<string, number>> => {
    const { rows } = await app.database.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM bookings WHERE id = ANY($1) GROUP BY status',
      [bookings.map(({ id }) => id)],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  };
  const deadlocks = async (): Promise<number> => {
    const { rows } = await app.database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    return rows[0]?.deadlocks ?? -1;
  };

  it('of the same sessions many times at once cancel each once, and give each credit back once', async () => {
    const coach = await aCoach(app);
    const [client] = people as [TestPerson];
    await bond(app, coach, client);
    await sell(coach, client, 20);
    const bookings: WireBooking[] = [];
    for (const hour of [8, 9, 10, 11, 12]) bookings.push(await book(client, coach.id, at(hour, 4)));
    for (const booking of bookings.slice(0, 2)) await confirm(coach, booking);
    const ids = bookings.map(({ id }) => id);
    const answers = (await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        coach.http.post(PATH).send({ booking_ids: index % 2 ? ids : ids.toReversed(), block_slots: index % 3 === 0 }),
      ),
    )) as Answer[];
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.reduce((sum, { body }) => sum + (body.cancelled_count ?? 0), 0)).toBe(5);
    expect(await ended(bookings)).toEqual({ cancelled_by_coach: 5 });
    for (const id of ids) expect(await movementsOf(app, id)).toEqual(['hold', 'release']);
    expect(await creditsOf(coach, client)).toEqual([20, 20, 'active']);
    expect(await deadlocks()).toBe(0);
  });

  it('against clients who cancel and a coach who confirms and rejects give each booking one end', async () => {
    const coach = await aCoach(app);
    const some = people.slice(0, 12);
    const bookings: WireBooking[] = [];
    for (const [index, person] of some.entries()) bookings.push(await book(person, coach.id, at(7 + (index % 12), 5)));
    // They wait for what will be free: of the other half of the day.
    for (const [index, person] of some.entries()) if (index < 3) await join(person, coach.id, at(7 + (index + 6), 5));
    const ids = bookings.map(({ id }) => id);
    const acts = [
      ...bookings.map(
        ({ id }) =>
          () =>
            coach.http.post(`/bookings/${id}/confirm`),
      ),
      () => coach.http.post(PATH).send({ booking_ids: ids }),
      ...bookings.map(
        ({ id }, index) =>
          () =>
            (some[index] ?? coach).http.delete(`/bookings/${id}`),
      ),
      () => coach.http.post(PATH).send({ booking_ids: ids.toReversed() }),
      ...bookings.map(
        ({ id }) =>
          () =>
            coach.http.post(`/bookings/${id}/reject`),
      ),
    ];
    const answers = (await Promise.all(acts.map((act) => act()))) as Answer[];
    expect(answers.filter(({ status }) => ![200, 422].includes(status))).toEqual([]);
    const counts = await ended(bookings);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(some.length);
    expect(counts['confirmed'] ?? 0).toBe(0);
    expect(counts['pending_coach_validation'] ?? 0).toBe(0);
    const byBulk = answers.reduce((sum, { body }) => sum + (body.cancelled_count ?? 0), 0);
    expect(byBulk).toBe(counts['cancelled_by_coach'] ?? 0);
    // Each ended once: one last step for each, and none after it.
    const { rows } = await app.database.query<{ steps: number }>(
      `SELECT count(*)::int AS steps FROM booking_transitions
       WHERE booking_id = ANY($1) AND to_status NOT IN ('pending_coach_validation', 'confirmed')`,
      [ids],
    );
    expect(rows[0]?.steps).toBe(some.length);
    expect(await deadlocks()).toBe(0);
  });

  it('of two coaches who train each other, at once, end without a deadlock', async () => {
    const [one, other] = [await aCoach(app), await aCoach(app)];
    const [ofOne, ofOther]: [WireBooking[], WireBooking[]] = [[], []];
    for (const day of [9, 10, 11]) {
      ofOne.push(await book(other, one.id, at(9, day)));
      ofOther.push(await book(one, other.id, at(14, day)));
    }
    const ids = (bookings: readonly WireBooking[]): string[] => bookings.map(({ id }) => id);
    await Promise.all([
      expectStatus(one.http.post(PATH).send({ booking_ids: ids(ofOne), block_slots: true }), 200),
      expectStatus(other.http.post(PATH).send({ booking_ids: ids(ofOther) }), 200),
    ]);
    expect(await ended([...ofOne, ...ofOther])).toEqual({ cancelled_by_coach: 6 });
    expect(await deadlocks()).toBe(0);
  });

  it('of a hundred sessions is one act', async () => {
    const coach = await aCoach(app, { maxSlots: 20 });
    const bookings: WireBooking[] = [];
    for (const hour of [8, 9, 10, 11, 14])
      bookings.push(...(await Promise.all(people.slice(0, 20).map((person) => book(person, coach.id, at(hour, 16))))));
    const body = { booking_ids: bookings.map(({ id }) => id), block_slots: true };
    const begun = performance.now();
    expect((await expectStatus(coach.http.post(PATH).send(body), 200))['cancelled_count']).toBe(100);
    // Others wait for the coach meanwhile, and a lock is waited for two seconds.
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await ended(bookings)).toEqual({ cancelled_by_coach: 100 });
  });
});
