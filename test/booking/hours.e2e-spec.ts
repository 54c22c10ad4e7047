import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Hours {
  active_package: { id: string } | null;
  [field: string]: unknown;
}
interface Payments {
  items: { id: string }[];
}

const NOW = '2026-03-02T06:00:00Z';
const NOTHING = {
  active_package: null,
  sessions_total_all_time: 0,
  sessions_done: 0,
  sessions_remaining: 0,
  sessions_bookable: 0,
  sessions_due: 0,
  sessions_pending: 0,
  minutes_done: 0,
  alert_low_sessions: false,
};

describe('the hours of a client', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    client = await app.register();
    // He becomes a client by a session that does not take place.
    const first = await confirmed('2026-03-20T09:00:00Z');
    await expectStatus(coach.http.delete(`/bookings/${first.id}`).send({}), 200);
  });

  const confirmed = async (startsAt: string): Promise<WireBooking> => {
    const { id } = await book(client, coach.id, startsAt);
    return expectStatus<WireBooking>(coach.http.post(`/bookings/${id}/confirm`), 200);
  };
  const done = (booking: WireBooking): Promise<unknown> =>
    expectStatus(coach.http.post(`/bookings/${booking.id}/done`), 200);
  const sell = (sessions: number, values: object = {}): Promise<{ id: string }> =>
    expectStatus<{ id: string }>(
      coach.http
        .post(`/coaches/clients/${client.id}/packages`)
        .send({ name: 'Forfait', sessions_total: sessions, price_cents: 1000, ...values }),
      201,
    );
  const hours = (of = client): Promise<Hours> =>
    expectStatus<Hours>(coach.http.get(`/coaches/clients/${of.id}/hours`), 200);

  it('are nothing at first', async () => {
    expect(await hours()).toEqual({ client_id: client.id, ...NOTHING });
  });

  it('follow a package from its purchase to its last session', async () => {
    const pack = await sell(4);
    expect(await hours()).toMatchObject({
      ...NOTHING,
      active_package: { id: pack.id, sessions_total: 4, sessions_remaining: 4, sessions_bookable: 4, status: 'active' },
      sessions_total_all_time: 4,
      sessions_remaining: 4,
      sessions_bookable: 4,
    });

    const first = await confirmed('2026-03-03T09:00:00Z');
    expect(await hours()).toMatchObject({ sessions_remaining: 4, sessions_bookable: 3, sessions_pending: 1 });

    await app.setClock('2026-03-03T10:00:00Z');
    await done(first);
    const second = await book(client, coach.id, '2026-03-06T09:00:00Z');
    expect(await hours()).toMatchObject({
      sessions_total_all_time: 4,
      sessions_done: 1,
      sessions_remaining: 3,
      sessions_bookable: 2,
      sessions_due: 0,
      sessions_pending: 1,
      minutes_done: 60,
      alert_low_sessions: false,
    });
    await expectStatus(coach.http.post(`/bookings/${second.id}/reject`).send({}), 200);
    expect(await hours()).toMatchObject({ sessions_remaining: 3, sessions_bookable: 3, sessions_pending: 0 });

    const third = await confirmed('2026-03-05T09:00:00Z');
    await app.setClock('2026-03-05T09:00:00Z');
    await done(third);
    expect(await hours()).toMatchObject({ sessions_done: 2, sessions_remaining: 2, alert_low_sessions: true });
  });

  it('count a late cancellation as had until it is waived, and no minute of it', async () => {
    await sell(5);
    const late = await confirmed('2026-03-03T07:00:00Z');
    await app.setClock('2026-03-02T08:00:00Z');
    await expectStatus(client.http.delete(`/bookings/${late.id}`).send({}), 200);
    expect(await hours()).toMatchObject({
      sessions_total_all_time: 5,
      sessions_done: 1,
      sessions_remaining: 4,
      sessions_pending: 0,
      minutes_done: 0,
    });
    await expectStatus(coach.http.post(`/bookings/${late.id}/waive-penalty`).send({}), 200);
    expect(await hours()).toMatchObject({ sessions_total_all_time: 5, sessions_done: 0, sessions_remaining: 5 });
  });

  it('say which sessions still have to be paid', async () => {
    const session = await confirmed('2026-03-03T09:00:00Z');
    await app.setClock('2026-03-03T09:00:00Z');
    await done(session);
    expect(await hours()).toMatchObject({ sessions_total_all_time: 1, sessions_done: 1, sessions_due: 1 });
    // Two weeks later the payment is late, and due all the same.
    await app.advance(16 * 86_400);
    expect(await hours()).toMatchObject({ sessions_due: 1 });
    const payments = `/coaches/clients/${client.id}/payments`;
    const { items } = await expectStatus<Payments>(coach.http.get(payments), 200);
    await expectStatus(coach.http.put(`${payments}/${items[0]?.id ?? ''}`).send({ status: 'paid' }), 200);
    expect(await hours()).toMatchObject({ sessions_done: 1, sessions_due: 0 });
  });

  it('sum up the active packages, name the one that is used first, and leave out what waits for its money', async () => {
    await sell(1);
    const sooner = await sell(1, { valid_until: '2026-05-01' });
    await sell(7, { status: 'awaiting_payment' });
    const answer = await hours();
    expect(answer.active_package?.id).toBe(sooner.id);
    expect(answer).toMatchObject({ sessions_remaining: 2, sessions_bookable: 2, alert_low_sessions: true });
    await sell(1);
    expect(await hours()).toMatchObject({ sessions_remaining: 3, alert_low_sessions: false });
  });

  it('are those of the pair alone', async () => {
    const other = await aCoach(app);
    const { id } = await book(client, other.id, '2026-03-04T09:00:00Z');
    await expectStatus(other.http.post(`/bookings/${id}/confirm`), 200);
    expect(await hours()).toMatchObject({ sessions_pending: 0 });
    const theirs = await expectStatus(other.http.get(`/coaches/clients/${client.id}/hours`), 200);
    expect(theirs).toMatchObject({ ...NOTHING, client_id: client.id, sessions_pending: 1 });
  });

  it('cost the same number of queries, however long the history is', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await hours();
      return app.queryCount() - before;
    };
    await sell(1);
    await cost();
    const little = await cost();
    for (const day of ['03', '04', '05', '06']) await book(client, coach.id, `2026-03-${day}T09:00:00Z`);
    await sell(3);
    expect(await cost()).toBe(little);
    expect(little).toBeLessThanOrEqual(6);
  });

  it('of somebody who is no client look like those of nobody', async () => {
    const stranger = await app.register();
    const another = await aCoach(app);
    const answers = [
      await coach.http.get(`/coaches/clients/${stranger.id}/hours`),
      await coach.http.get(`/coaches/clients/${randomUUID()}/hours`),
      await coach.http.get(`/coaches/clients/${coach.id}/hours`),
      await another.http.get(`/coaches/clients/${client.id}/hours`),
    ];
    for (const { status, body } of answers)
      expect([status, (body as { detail: string }).detail]).toEqual([404, 'client_not_found']);
    expect((await client.http.get(`/coaches/clients/${client.id}/hours`)).status).toBe(403);
    expect((await app.http.get(`/coaches/clients/${client.id}/hours`)).status).toBe(401);
  });
});
