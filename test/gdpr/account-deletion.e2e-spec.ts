import { eventually, proveEmail, registerProved } from 'test/auth/links';
import { bond, confirm, creditsOf, sell, setPolicy } from 'test/booking/dealings';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { join } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { leave, mailsTo, returnToken, runErasure, statusOf } from './leaving';

const NOW = '2026-03-02T06:00:00Z';
const DAY = 86_400;

describe('asking to be erased', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => app.setClock(NOW));
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.database));

  const bookingOf = async (id: string): Promise<Record<string, unknown>> => {
    const { rows } = await app.database.query<Record<string, unknown>>(
      'SELECT status, penalty_due, session_deducted FROM bookings WHERE id = $1',
      [id],
    );
    return rows[0] ?? {};
  };

  it('tells the dates, the same ones however often it is asked, and one mail', async () => {
    const person = await registerProved(app);
    const expected = {
      status: 'deletion_pending',
      deletion_requested_at: NOW,
      effective_at: '2026-04-01T06:00:00Z',
    };
    expect(await leave(person)).toEqual(expected);
    await app.advance(DAY);
    const answers = await Promise.all([leave(person), leave(person), leave(person)]);
    expect(answers).toEqual([expected, expected, expected]);
    expect((await mailsTo(app, person)).filter((body) => body.includes('restore-account'))).toHaveLength(1);
  });

  it('is answered once to those who ask at the same time', async () => {
    const person = await registerProved(app);
    const answers = await Promise.all(Array.from({ length: 8 }, () => leave(person)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await mailsTo(app, person)).filter((body) => body.includes('restore-account'))).toHaveLength(1);
  });

  it('closes everything but the way out, and says so in the same process at once', async () => {
    const person = await registerProved(app);
    await leave(person);
    const refused = await person.http.get('/bookings');
    expect([refused.status, (refused.body as { detail: string }).detail]).toEqual([403, 'account_pending_deletion']);
    for (const path of ['/users/me', '/auth/me', '/users/me/export']) await person.http.get(path).expect(200);
    await app.http.post('/auth/login').send({ email: person.email, password: person.password }).expect(200);
  });

  it('needs a key', async () => {
    await app.http.delete('/users/me').expect(401);
  });

  it('keeps the token as a hash, and no secret where jobs and messages are read', async () => {
    const person = await registerProved(app);
    await leave(person);
    const token = await returnToken(app, person);
    const { rows } = await app.database.query<{ text: string }>(
      `SELECT string_agg(t::text, '') AS text FROM (
         SELECT account_tokens::text AS t FROM account_tokens
         UNION ALL SELECT notifications::text FROM notifications
         UNION ALL SELECT payload::text FROM graphile_worker._private_jobs) everything`,
    );
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(rows[0]?.text).not.toContain(token);
  });

  it('frees a client of everything to come without a penalty, and gives sessions of packages back', async () => {
    const coach = await aCoach(app);
    const client = await registerProved(app);
    await setPolicy(coach, { threshold_hours: 48, mode: 'auto' });
    await bond(app, coach, client, 'active');
    await sell(coach, client, 5);
    const late = await book(client, coach.id, '2026-03-02T10:00:00Z');
    await confirm(coach, late);
    const pending = await book(client, coach.id, '2026-03-09T10:00:00Z');
    expect(await creditsOf(coach, client)).toEqual([5, 3, 'active']);

    await leave(client);
    for (const { id } of [late, pending])
      expect(await bookingOf(id)).toEqual({
        status: 'cancelled_by_client',
        penalty_due: false,
        session_deducted: false,
      });
    expect(await creditsOf(coach, client)).toEqual([5, 5, 'active']);
    const told = await app.database.query(
      `SELECT FROM notifications WHERE user_id = $1 AND type = 'booking_cancelled_by_client'`,
      [coach.id],
    );
    expect(told.rowCount).toBe(2);
  });

  it('leaves alone what has begun or is over', async () => {
    const coach = await aCoach(app);
    const client = await registerProved(app);
    const booking = await book(client, coach.id, '2026-03-02T10:00:00Z');
    await confirm(coach, booking);
    await app.setClock('2026-03-02T10:00:00Z');
    await leave(client);
    expect((await bookingOf(booking.id))['status']).toBe('confirmed');
  });

  it('gives up in the night what was still on its way when the account closed', async () => {
    const coach = await aCoach(app);
    const client = await registerProved(app);
    await leave(client);
    // As a request that was let in before: the account is open for a moment.
    await app.database.query(`UPDATE users SET status = 'active' WHERE id = $1`, [client.id]);
    await eventually(async () => (await client.http.get('/bookings')).status === 200);
    const stray = await book(client, coach.id, '2026-03-09T10:00:00Z');
    await app.database.query(`UPDATE users SET status = 'deletion_pending' WHERE id = $1`, [client.id]);
    expect(await runErasure(app)).toBe(0);
    expect((await bookingOf(stray.id))['status']).toBe('cancelled_by_client');
    expect(await statusOf(app, client)).toBe('deletion_pending');
  });

  it('ends requests that wait and places in queues, and offers the place to the next', async () => {
    const coach = await aCoach(app, { profile: { discovery_enabled: true } });
    const [holder, leaver, next] = (await crowd(app, 3)) as [TestPerson, TestPerson, TestPerson];
    const slot = '2026-03-04T09:00:00Z';
    const booking = await book(holder, coach.id, slot);
    for (const person of [leaver, next]) await join(person, coach.id, slot);
    await expectStatus(holder.http.delete(`/bookings/${booking.id}`).send({}), 200);
    await leave(leaver);
    const { rows } = await app.database.query<{ client_id: string; status: string }>(
      'SELECT client_id, status FROM waitlist_entries WHERE coach_id = $1',
      [coach.id],
    );
    const byClient = new Map(rows.map(({ client_id, status }) => [client_id, status]));
    expect(byClient.get(leaver.id)).not.toMatch(/waiting|notified/);
    expect(byClient.get(next.id)).toBe('notified');
  });

  it('cancels a coach’s sessions as his, closes his queues and requests, and hides him', async () => {
    const coach = await aCoach(app);
    await proveEmail(app, coach);
    const [client, waiting, asking] = (await crowd(app, 3)) as [TestPerson, TestPerson, TestPerson];
    await expectStatus(coach.http.put('/coaches/profile').send({ discovery_enabled: true }), 200);
    const soon = await book(client, coach.id, '2026-03-02T10:00:00Z');
    await confirm(coach, soon);
    const later = await book(client, coach.id, '2026-03-09T10:00:00Z');
    const entry = await join(waiting, coach.id, '2026-03-02T10:00:00Z');
    const request = await expectStatus(
      asking.http.post('/clients/coaching-requests').send({ coach_id: coach.id }),
      201,
    );
    await client.http.get(`/coaches/${coach.id}/public`).expect(200);

    await leave(coach);
    for (const { id } of [soon, later]) expect((await bookingOf(id))['status']).toBe('cancelled_by_coach');
    const { rows } = await app.database.query<{ entry: string; request: string }>(
      `SELECT (SELECT status FROM waitlist_entries WHERE id = $1) AS entry,
              (SELECT status FROM coaching_requests WHERE id = $2) AS request`,
      [entry.id, request['id']],
    );
    expect(rows).toEqual([{ entry: 'cancelled', request: 'rejected' }]);
    await client.http.get(`/coaches/${coach.id}/public`).expect(404);
    await client.http.get(`/coaches/${coach.id}/slots`).expect(404);
    const seats = await app.database.query('SELECT FROM seats WHERE coach_id = $1', [coach.id]);
    expect(seats.rowCount).toBe(0);

    await expectStatus(coach.http.post('/users/me/restore').send({}), 200);
    await client.http.get(`/coaches/${coach.id}/public`).expect(200);
    expect((await bookingOf(later.id))['status']).toBe('cancelled_by_coach');
  });

  it('tells a coach and each client what is left of packages, in one sum for each currency', async () => {
    const coach = await aCoach(app);
    const [one, two, none] = await Promise.all([registerProved(app), registerProved(app), registerProved(app)]);
    for (const client of [one, two, none]) await bond(app, coach, client, 'active');
    await sell(coach, one, 10, { price_cents: 45_000 });
    await sell(coach, one, 4, { price_cents: 20_000, currency: 'USD' });
    await sell(coach, two, 3, { price_cents: 10_000 });
    const used = await book(two, coach.id, '2026-03-02T10:00:00Z');
    await confirm(coach, used);
    await app.setClock('2026-03-02T11:00:00Z');
    await expectStatus(coach.http.post(`/bookings/${used.id}/done`).send({}), 200);
    await leave(coach);

    const told = async (person: TestPerson): Promise<string | undefined> =>
      (await mailsTo(app, person)).find((body) => /encore|reste/.test(body));
    expect(await told(one)).toMatch(/14 séances.*450,00 €.*200,00 \$US/s);
    // Two of three sessions for 100 euros.
    expect(await told(two)).toMatch(/2 séances.*66,67 €/s);
    expect(await told(coach)).toMatch(/16 séances.*516,67 €.*200,00 \$US/s);
    expect(await told(none)).toBeUndefined();
  });

  it('costs so much for each session that a coach has to come, however many they are', async () => {
    const coach = await aCoach(app, { from: '06:00', to: '22:00', maxSlots: 8 });
    const clients = await crowd(app, 24);
    const ids: WireBooking[] = [];
    for (const [place, client] of clients.entries())
      for (let week = 0; week < 5; week += 1) {
        const hour = 6 + (place % 12);
        const day = 3 + (Math.floor(place / 12) % 3) + week * 5;
        const at = `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
        ids.push(await book(client, coach.id, at));
      }
    expect(ids).toHaveLength(120);
    const before = app.queryCount();
    const begun = performance.now();
    await leave(coach);
    // As a bulk cancellation: a dozen for each.
    expect(app.queryCount() - before).toBeLessThan(120 * 13 + 100);
    expect(performance.now() - begun).toBeLessThan(10_000);
    const { rows } = await app.database.query(
      `SELECT status, count(*)::int AS count FROM bookings WHERE coach_id = $1 GROUP BY status`,
      [coach.id],
    );
    expect(rows).toEqual([{ status: 'cancelled_by_coach', count: 120 }]);
  }, 60_000);
});
