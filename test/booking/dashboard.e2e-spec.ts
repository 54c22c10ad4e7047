import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Dashboard {
  sessions_week_done: number;
  sessions_week_planned: number;
  active_clients: number;
  hours_month: number;
  revenue_month_cents: number;
  currency: string;
  next_bookings: WireBooking[];
  pending_count: number;
  pending_bookings: WireBooking[];
  low_packages: { client: { id: string; name: string }; sessions_remaining: number }[];
}
interface Payments {
  items: { id: string; booking_id: string | null }[];
}

const ids = (bookings: readonly WireBooking[]): string[] => bookings.map(({ id }) => id);

describe('the dashboard', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(() => app.setClock('2026-02-26T00:00:00Z'));

  const see = (coach: TestPerson): Promise<Dashboard> =>
    expectStatus<Dashboard>(coach.http.get('/coaches/dashboard'), 200);
  const confirmed = async (client: TestPerson, coach: TestPerson, startsAt: string): Promise<WireBooking> => {
    const { id } = await book(client, coach.id, startsAt);
    return expectStatus<WireBooking>(coach.http.post(`/bookings/${id}/confirm`), 200);
  };

  it('of a new coach is empty, in his currency', async () => {
    const coach = await aCoach(app, { profile: { currency: 'CHF' } });
    expect(await see(coach)).toEqual({
      sessions_week_done: 0,
      sessions_week_planned: 0,
      active_clients: 0,
      hours_month: 0,
      revenue_month_cents: 0,
      currency: 'CHF',
      next_bookings: [],
      pending_count: 0,
      pending_bookings: [],
      low_packages: [],
    });
  });

  it('counts the week and the month of the coach’s zone, to the hour', async () => {
    const coach = await aCoach(app, { timezone: 'Australia/Sydney', from: '00:00', to: '23:59' });
    const client = await app.register();
    // In Sydney: Saturday 28 February and Sunday 1 March at 22:00, Monday at 00:00, next Sunday at 22:00, Monday at 00:00.
    const starts = [
      '2026-02-28T11:00:00Z',
      '2026-03-01T11:00:00Z',
      '2026-03-01T13:00:00Z',
      '2026-03-08T11:00:00Z',
      '2026-03-08T13:00:00Z',
    ];
    const booked: WireBooking[] = [];
    for (const start of starts) booked.push(await confirmed(client, coach, start));
    await app.setClock('2026-03-02T00:00:00Z');
    for (const { id } of booked.slice(0, 3)) await expectStatus(coach.http.post(`/bookings/${id}/done`), 200);

    expect(await see(coach)).toMatchObject({
      sessions_week_done: 1,
      sessions_week_planned: 1,
      active_clients: 1,
      hours_month: 2,
      next_bookings: booked.slice(3).map(({ id }) => ({ id, status: 'confirmed' })),
    });
  });

  it('counts what was paid this month in the coach’s currency, and nothing else', async () => {
    const coach = await aCoach(app);
    const client = await app.register();
    const session = await confirmed(client, coach, '2026-02-28T09:00:00Z');
    await app.setClock('2026-03-01T12:00:00Z');
    await expectStatus(coach.http.post(`/bookings/${session.id}/done`), 200);
    expect((await see(coach)).revenue_month_cents).toBe(0);

    const payments = `/coaches/clients/${client.id}/payments`;
    const { items } = await expectStatus<Payments>(coach.http.get(payments), 200);
    expect(items.map(({ booking_id }) => booking_id)).toEqual([session.id]);
    await expectStatus(coach.http.put(`${payments}/${items[0]?.id ?? ''}`).send({ status: 'paid' }), 200);
    expect((await see(coach)).revenue_month_cents).toBe(5_000);

    const record = (values: object): Promise<unknown> => expectStatus(coach.http.post(payments).send(values), 201);
    await record({ amount_cents: 700, currency: 'USD', status: 'paid' });
    await record({ amount_cents: 600 });
    // The last second of February in Paris, and the first of March.
    await record({ amount_cents: 90, paid_at: '2026-02-28T22:59:59Z' });
    await record({ amount_cents: 8, paid_at: '2026-02-28T23:00:00Z' });
    expect((await see(coach)).revenue_month_cents).toBe(5_008);
  });

  it('shows three next sessions and three requests, nearest first, and counts all requests', async () => {
    const coach = await aCoach(app, { maxSlots: 2 });
    const people = await crowd(app, 4);
    const days = ['2026-03-05', '2026-03-03', '2026-03-06', '2026-03-04'];
    const next: WireBooking[] = [];
    const pending: WireBooking[] = [];
    for (const [place, day] of days.entries()) {
      const person = people[place];
      if (!person) throw new Error('a person is missing');
      next.push(await confirmed(person, coach, `${day}T09:00:00Z`));
      pending.push(await book(person, coach.id, `${day}T14:00:00Z`));
    }
    const nearest = (of: WireBooking[]): string[] =>
      [...of]
        .sort((one, other) => one.scheduled_at.localeCompare(other.scheduled_at))
        .slice(0, 3)
        .map(({ id }) => id);

    const dashboard = await see(coach);
    expect(ids(dashboard.next_bookings)).toEqual(nearest(next));
    expect(ids(dashboard.pending_bookings)).toEqual(nearest(pending));
    expect(dashboard).toMatchObject({ pending_count: 4, active_clients: 4, sessions_week_planned: 0 });
    const [first] = dashboard.pending_bookings;
    expect(first).toEqual(await expectStatus(coach.http.get(`/bookings/${first?.id ?? ''}`), 200));

    // A session that has begun is no next one, but planned as long as nobody judged it.
    await app.setClock('2026-03-03T09:00:00Z');
    const later = await see(coach);
    expect(ids(later.next_bookings)).toEqual(
      nearest(next.filter(({ scheduled_at: at }) => at > '2026-03-03T09:00:00Z')),
    );
    expect(later.sessions_week_planned).toBe(4);
  });

  it('names at most ten clients whose packages run low, fewest sessions first', async () => {
    const coach = await aCoach(app, { maxSlots: 20 });
    const people = await crowd(app, 14);
    for (const person of people) await confirmed(person, coach, '2026-03-05T09:00:00Z');
    const sell = (client: TestPerson | undefined, sessions: number): Promise<unknown> =>
      expectStatus(
        coach.http
          .post(`/coaches/clients/${client?.id ?? ''}/packages`)
          .send({ name: 'Forfait', sessions_total: sessions, price_cents: 1000 }),
        201,
      );
    const [plenty, twice, ...others] = people;
    await sell(plenty, 3);
    await sell(twice, 2);
    await sell(twice, 2);
    for (const [place, client] of others.entries()) await sell(client, place % 2 === 0 ? 2 : 1);

    const { low_packages: low } = await see(coach);
    expect(low).toHaveLength(10);
    expect(low.map(({ sessions_remaining: left }) => left)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
    const named = low.map(({ client }) => client.id);
    expect(named).not.toContain(plenty?.id);
    expect(named).not.toContain(twice?.id);
    expect(low[0]?.client).toEqual({
      id: named[0],
      first_name: 'Client',
      last_name: 'Crowd',
      name: 'Client Crowd',
      resolved_photo_url: '/static/avatars/default_neutral.svg',
      role: 'client',
    });
  });

  it('holds nothing of another coach, not even where the coach is his client', async () => {
    const [coach, other] = [await aCoach(app), await aCoach(app)];
    await confirmed(coach, other, '2026-03-05T09:00:00Z');
    await book(coach, other.id, '2026-03-05T14:00:00Z');
    expect(await see(coach)).toMatchObject({ active_clients: 0, next_bookings: [], pending_count: 0 });
    expect(await see(other)).toMatchObject({ active_clients: 1, next_bookings: [{}], pending_count: 1 });
  });

  it('costs the same number of queries, however much there is to see', async () => {
    const coach = await aCoach(app, { maxSlots: 20 });
    const people = await crowd(app, 8);
    const fill = async (some: TestPerson[], day: string): Promise<void> => {
      for (const person of some) {
        await confirmed(person, coach, `${day}T09:00:00Z`);
        await book(person, coach.id, `${day}T14:00:00Z`);
        await expectStatus(
          coach.http
            .post(`/coaches/clients/${person.id}/packages`)
            .send({ name: 'Forfait', sessions_total: 1, price_cents: 1000 }),
          201,
        );
      }
    };
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await see(coach);
      return app.queryCount() - before;
    };
    await fill(people.slice(0, 1), '2026-03-05');
    await cost();
    const little = await cost();
    await fill(people.slice(1), '2026-03-06');
    expect(await cost()).toBe(little);
    expect(little).toBeLessThanOrEqual(11);
  });

  it('needs a coach, with a profile', async () => {
    expect((await app.http.get('/coaches/dashboard')).status).toBe(401);
    const client = await app.register();
    expect((await client.http.get('/coaches/dashboard')).status).toBe(403);
    const beginner = await app.register({ role: 'coach' });
    const answer = await beginner.http.get('/coaches/dashboard');
    expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([404, 'coach_profile_not_found']);
  });
});
