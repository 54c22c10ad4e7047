import { randomUUID } from 'node:crypto';
import { book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { coachNamed, namesFound, search } from './searching';

let app: TestApp;
let seeker: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  seeker = await app.register({ first_name: 'Zoé', last_name: 'Chercheuse' });
});
afterAll(() => app.close());

describe('free slots within seven days', () => {
  const word = 'Disponible';
  const open = async (query: Record<string, string> = {}): Promise<string[]> =>
    (await namesFound(seeker, { q: word, sort: 'name', available_this_week: 'true', ...query })).map(
      (name) => name.split(' ')[0] ?? '',
    );

  it('follow hours, bookings, absences and time, each as soon as it is committed', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const monday = { day_of_week: 0, start_time: '10:00', end_time: '11:00' };
    const coach = await coachNamed(app, 'Uno', word, { hours: [], price: 1000 });
    const client = await app.register();
    expect(await open()).toEqual([]);
    expect(await open({ available_this_week: 'false' })).toEqual(['Uno']);

    const range = await expectStatus<{ id: string }>(coach.http.post('/coaches/availability').send(monday), 201);
    expect(await open()).toEqual(['Uno']);
    expect(await open({ available_this_week: 'false' })).toEqual([]);

    // The last instant of the seven days is part of them.
    await app.setClock('2026-03-02T10:00:00Z');
    expect(await open()).toEqual(['Uno']);
    await app.setClock('2026-03-02T06:00:00Z');

    // The one place of the week is taken, and comes back.
    const booking = await book(client, coach.id, '2026-03-02T10:00:00Z');
    expect(await open()).toEqual([]);
    await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
    expect(await open()).toEqual(['Uno']);

    await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 5 }), 200);
    expect(await open()).toEqual([]);
    await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 4 }), 200);
    expect(await open()).toEqual(['Uno']);

    const away = { starts_at: '2026-03-02T10:30:00Z', ends_at: '2026-03-02T12:00:00Z' };
    const timeOff = await expectStatus<{ id: string }>(coach.http.post('/coaches/time-off').send(away), 201);
    expect(await open()).toEqual([]);
    await expectStatus(coach.http.delete(`/coaches/time-off/${timeOff.id}`), 204);
    expect(await open()).toEqual(['Uno']);

    await expectStatus(coach.http.put(`/coaches/availability/${range.id}`).send({ active: false }), 200);
    expect(await open()).toEqual([]);
    await expectStatus(coach.http.put(`/coaches/availability/${range.id}`).send({ active: true }), 200);
    expect(await open()).toEqual(['Uno']);

    // As somebody else's client the coach is not there.
    const other = await coachNamed(app, 'Autre', 'Part', { price: 1000 });
    await book(coach, other.id, '2026-03-02T10:00:00Z');
    expect(await open()).toEqual([]);
    await app.setClock('2026-03-02T11:00:00Z');
    expect(await open()).toEqual(['Uno']);
  });

  it('change with the zone of the coach', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const soon = { day_of_week: 0, start_time: '07:00', end_time: '08:00' };
    const coach = await coachNamed(app, 'Dos', `${word}s`, { hours: [soon], profile: { booking_horizon_days: 3 } });
    const isOpen = async (): Promise<boolean> =>
      (await search(seeker, { q: `dos ${word}s`, available_this_week: 'true' })).total === 1;
    expect(await isOpen()).toBe(true);
    // In Auckland it is already Monday evening, and the next one lies beyond the horizon.
    await expectStatus(coach.http.patch('/users/me').send({ timezone: 'Pacific/Auckland' }), 200);
    expect(await isOpen()).toBe(false);
  });

  it('are what the list of slots says, whenever one looks', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const coaches = await Promise.all(
      [0, 1, 2, 3].map((at) =>
        coachNamed(app, `Temps${String(at)}`, 'Passant', {
          price: 1000,
          hours: [{ day_of_week: at, start_time: '09:00', end_time: '11:00' }],
          profile: { booking_horizon_days: 1 + 2 * at, min_notice_hours: 6 * at },
        }),
      ),
    );
    for (let hour = 0; hour < 8 * 24; hour += 5) {
      const now = new Date(Date.parse('2026-03-02T06:00:00Z') + hour * 3_600_000);
      await app.setClock(now.toISOString());
      const to = new Date(now.getTime() + 7 * 86_400_000 + 1).toISOString();
      const listed = [];
      for (const coach of coaches) {
        const path = `/coaches/${coach.id}/slots?from=${now.toISOString()}&to=${to}`;
        const { slots } = await expectStatus<{ slots: { remaining: number }[] }>(seeker.http.get(path), 200);
        if (slots.some(({ remaining }) => remaining > 0)) listed.push(coach.id);
      }
      const found = await search(seeker, { q: 'passant', sort: 'name', available_this_week: 'true' });
      expect([now, found.items.map(({ id }) => id)]).toEqual([now, listed]);
    }
    await app.setClock('2026-03-02T06:00:00Z');
  });

  it('are right for everybody when many search while sessions are booked', async () => {
    const word = 'Bousculade';
    const coaches = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((at) =>
        coachNamed(app, `Numéro${String(at)}`, word, {
          price: 1000,
          hours: [{ day_of_week: 0, start_time: '10:00', end_time: '11:00' }],
        }),
      ),
    );
    const clients = await Promise.all(coaches.map(() => app.register()));
    const taken = coaches.slice(0, 3);
    await Promise.all([
      ...taken.map((coach, at) => book(clients[at] ?? seeker, coach.id, '2026-03-02T10:00:00Z')),
      ...clients.flatMap((client) => [
        search(client, { q: word, available_this_week: 'true' }),
        search(client, { q: word }),
      ]),
    ]);
    const { items, total } = await search(seeker, { q: word, available_this_week: 'true', sort: 'name' });
    expect(items.map(({ name }) => name)).toEqual([`Numéro3 ${word}`, `Numéro4 ${word}`, `Numéro5 ${word}`]);
    expect(total).toBe(3);
    const { rows } = await app.database.query('SELECT FROM coach_listing_changes');
    expect(rows).toEqual([]);
  });
});

describe('the cost of a search', () => {
  it('is the same number of queries for one coach and for a page of them', async () => {
    const cost = async (query: Record<string, string>): Promise<number> => {
      const counts = [];
      for (let asked = 0; asked < 4; asked += 1) {
        const before = app.queryCount();
        await search(seeker, query);
        counts.push(app.queryCount() - before);
      }
      // The first one may renew and count, and any may look up the key or note its use.
      return Math.min(...counts);
    };
    const one = await cost({ limit: '1' });
    expect(await cost({ limit: '50' })).toBe(one);
    expect(await cost({ q: 'e', limit: '50', sort: 'price_asc' })).toBe(one);
    expect(one).toBe(6);
  });

  it('does not grow with the number of coaches that changed', async () => {
    const coaches = await Promise.all(
      [0, 1, 2, 3, 4].map((at) => coachNamed(app, `Coût${String(at)}`, 'Constant', {})),
    );
    const cost = async (changed: TestPerson[]): Promise<number> => {
      await search(seeker, {});
      await app.database.query('UPDATE coach_profiles SET bio = $2 WHERE user_id = ANY ($1)', [
        changed.map(({ id }) => id),
        randomUUID(),
      ]);
      const before = app.queryCount();
      await search(seeker, {});
      return app.queryCount() - before;
    };
    expect(await cost(coaches)).toBe(await cost(coaches.slice(0, 1)));
  });
});

describe('after a mass change', () => {
  it('no wrong listing is shown while the job renews them', async () => {
    const word = 'Multitude';
    const ids = Array.from({ length: 450 }, () => randomUUID());
    await app.database.query(
      `INSERT INTO users (id, email, first_name, last_name, role, status, locale, timezone, country, created_at, updated_at)
       SELECT id, id || '@example.com', 'Masse', $2, 'coach', 'active', 'fr', 'UTC', 'FR', now(), now()
       FROM unnest($1::uuid[]) AS people (id)`,
      [ids, word],
    );
    await app.database.query(
      `INSERT INTO coach_profiles (user_id, currency, session_duration_min, discovery_enabled, discovery_free,
         discovery_duration_min, booking_horizon_days, buffer_min, min_notice_hours, created_at, updated_at)
       SELECT id, 'EUR', 60, false, true, 60, 30, 0, 0, now(), now() FROM unnest($1::uuid[]) AS people (id)`,
      [ids],
    );
    const totals = [];
    for (let asked = 0; asked < 4; asked += 1) totals.push((await search(seeker, { q: word, limit: '1' })).total);
    // Each search does its share of two hundred; nobody is shown before he is known.
    expect(totals).toEqual([200, 400, 450, 450]);

    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = ANY ($1)`,
      [ids],
    );
    expect((await search(seeker, { q: word, limit: '1' })).total).toBe(0);
    const { rows } = await app.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE task_identifier = 'renew_coach_listings'`,
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});
