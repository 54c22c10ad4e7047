import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { relate } from './relating';

interface WireClient {
  id: string;
  name: string;
  [field: string]: unknown;
}
interface Page {
  items: WireClient[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
});
afterAll(() => app.close());

const page = (coach: TestPerson, query = ''): Promise<Page> =>
  expectStatus<Page>(coach.http.get(`/coaches/clients${query}`), 200);
const names = async (coach: TestPerson, query: string): Promise<string[]> =>
  (await page(coach, query)).items.map(({ name }) => name);

/** A session that took place: straight to the table, because the past cannot be booked. */
async function trained(coach: TestPerson, clientId: string, startsAt: string): Promise<void> {
  await app.database.query(
    `INSERT INTO bookings (coach_id, client_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
       currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, done_at, done_by, created_at, updated_at)
     VALUES ($1, $2, $3, $3::timestamptz + interval '1 hour', 60, 'done', 'individual', 'per_session', 'EUR', 24,
       'auto', true, $3, 'coach', $3, $3)`,
    [coach.id, clientId, startsAt],
  );
}

async function sell(coach: TestPerson, clientId: string, sessions: number): Promise<void> {
  const offer = { name: 'Carnet', sessions_total: sessions, price_cents: 10_000 };
  await expectStatus(coach.http.post(`/coaches/clients/${clientId}/packages`).send(offer), 201);
}

describe('the clients of a coach', () => {
  let coach: TestPerson;
  let emile: TestPerson;
  let zoe: TestPerson;
  let ana: TestPerson;
  let jo: TestPerson;

  beforeAll(async () => {
    coach = await aCoach(app);
    emile = await app.register({ first_name: 'Émile', last_name: 'Zola', phone: '+33612345678' });
    zoe = await app.register({ first_name: 'Zoë', last_name: 'Ångström' });
    ana = await app.register({ first_name: 'ana', last_name: 'Núñez' });
    jo = await app.register({ first_name: 'Jo', last_name: '100% Fit' });
    await relate(app, coach, emile, 'active');
    await relate(app, coach, zoe, 'paused');
    await relate(app, coach, ana, 'discovery');
    await relate(app, coach, jo, 'pending');
    await trained(coach, emile.id, '2026-02-10T09:00:00Z');
    await trained(coach, emile.id, '2026-02-20T09:00:00Z');
    await trained(coach, zoe.id, '2026-01-05T09:00:00Z');
    await sell(coach, emile.id, 5);
    await sell(coach, emile.id, 10);
    await sell(coach, ana.id, 3);
    await book(emile, coach.id, '2026-03-04T09:00:00Z');
    await book(emile, coach.id, '2026-03-03T09:00:00Z');
    await expectStatus(coach.http.put(`/coaches/clients/${emile.id}/note`).send({ content: 'Genou fragile' }), 200);
    // Of another coach, and not to be seen here.
    const other = await aCoach(app);
    await relate(app, other, emile, 'active');
    await relate(app, other, await app.register({ first_name: 'Zacharie' }), 'active');
    await relate(app, other, ana, 'active');
    for (const { id } of [emile, zoe]) await trained(other, id, '2026-02-28T09:00:00Z');
    await sell(other, emile.id, 1);
    await sell(other, ana.id, 50);
    await expectStatus(other.http.put(`/coaches/clients/${emile.id}/note`).send({ content: 'Autre' }), 200);
  });

  it('are shown with all that a coach needs to know them', async () => {
    const { items } = await page(coach, '?q=zola');
    expect(items).toEqual([
      {
        id: emile.id,
        first_name: 'Émile',
        last_name: 'Zola',
        name: 'Émile Zola',
        email: emile.email,
        phone: '+33612345678',
        resolved_photo_url: '/static/avatars/default_neutral.svg',
        relation_status: 'active',
        goal: null,
        note: 'Genou fragile',
        sessions_remaining: 15,
        last_session_at: '2026-02-20T09:00:00Z',
        next_session_at: '2026-03-03T09:00:00Z',
        created_at: '2026-03-02T06:00:00Z',
      },
    ]);
  });

  it('come by name, whatever its case and accents', async () => {
    expect(await names(coach, '')).toEqual(['ana Núñez', 'Émile Zola', 'Jo 100% Fit', 'Zoë Ångström']);
    expect(await names(coach, '?order=desc')).toEqual(['Zoë Ångström', 'Jo 100% Fit', 'Émile Zola', 'ana Núñez']);
  });

  it('come by their last session, or the start of the relation where there was none', async () => {
    expect(await names(coach, '?sort=last_activity&q=z')).toEqual(['Zoë Ångström', 'Émile Zola', 'ana Núñez']);
    expect(await names(coach, '?sort=last_activity&q=z&order=desc')).toEqual([
      'ana Núñez',
      'Émile Zola',
      'Zoë Ångström',
    ]);
  });

  it('come by what is left of their packages with this coach', async () => {
    const order = ['Émile Zola', 'ana Núñez'];
    expect((await names(coach, '?sort=sessions_remaining&order=desc')).slice(0, 2)).toEqual(order);
    expect((await names(coach, '?sort=sessions_remaining')).slice(2)).toEqual([...order].reverse());
  });

  it.each([
    ['pending', ['Jo 100% Fit']],
    ['discovery', ['ana Núñez']],
    ['active', ['Émile Zola']],
    ['paused', ['Zoë Ångström']],
    ['ended', []],
  ])('are filtered by status: %s', async (status, expected) => {
    expect(await page(coach, `?status=${status}`)).toMatchObject({ total: expected.length });
    expect(await names(coach, `?status=${status}`)).toEqual(expected);
  });

  it.each([
    ['emile', ['Émile Zola']],
    ['ÉMILE ZOLA', ['Émile Zola']],
    ['angstrom', ['Zoë Ångström']],
    ['nuñ', ['ana Núñez']],
    ['NUN', ['ana Núñez']],
    ['zo', ['Émile Zola', 'Zoë Ångström']],
    ['martin', []],
    ['%', ['Jo 100% Fit']],
    ['％', ['Jo 100% Fit']],
    ['_', []],
    ['\\', []],
    ["' OR 1=1 --", []],
  ])('are found by a part of the name: %s', async (q, expected) => {
    const found = await page(coach, `?q=${encodeURIComponent(q)}`);
    expect(found.items.map(({ name }) => name)).toEqual(expected);
    expect(found.total).toBe(expected.length);
  });

  it('are found by name and status together', async () => {
    expect(await names(coach, '?q=zo&status=paused')).toEqual(['Zoë Ångström']);
  });

  it.each([
    [`?q=${'x'.repeat(101)}`, 'q', 'too_long'],
    ['?q=', 'q', 'required'],
    ['?status=gone', 'status', 'invalid_value'],
    ['?status=active&status=paused', 'status', 'invalid_value'],
    ['?sort=email', 'sort', 'invalid_value'],
    ['?order=up', 'order', 'invalid_value'],
    ['?limit=0', 'limit', 'too_small'],
    ['?limit=101', 'limit', 'too_large'],
    ['?offset=-1', 'offset', 'too_small'],
  ])('refuse %s by naming the field', async (query, field, code) => {
    const answer = await expectStatus<{ errors: object[] }>(coach.http.get(`/coaches/clients${query}`), 422);
    expect(answer).toMatchObject({ detail: 'validation_error', errors: [{ field, code }] });
  });

  it('are searched with up to 100 characters', async () => {
    expect(await page(coach, `?q=${'x'.repeat(100)}`)).toMatchObject({ items: [], total: 0 });
  });

  it('are nobody’s without a coach profile, and no client’s to ask for', async () => {
    const beginner = await app.register({ role: 'coach' });
    expect(await expectStatus(beginner.http.get('/coaches/clients'), 404)).toMatchObject({
      detail: 'coach_profile_not_found',
    });
    expect((await emile.http.get('/coaches/clients')).status).toBe(403);
    expect((await app.http.get('/coaches/clients')).status).toBe(401);
  });
});

describe('five thousand clients', () => {
  const SIZE = 5_000;
  let coach: TestPerson;

  beforeAll(async () => {
    coach = await aCoach(app, { days: [] });
    await app.database.query(
      `WITH people AS (
         INSERT INTO users (id, email, first_name, last_name, role, status, locale, timezone, country, created_at,
           updated_at)
         SELECT gen_random_uuid(), 'many-' || n || '-' || $2 || '@example.com', 'Client', (n * 7919 % 1009)::text,
           'client', 'active', 'fr', 'Europe/Paris', 'FR', $3, $3
         FROM generate_series(1, $4::int) AS n RETURNING id, last_name::int AS rank),
       relations AS (
         INSERT INTO relations (coach_id, client_id, status, created_at, updated_at)
         SELECT $1, id, CASE rank % 3 WHEN 0 THEN 'paused' ELSE 'active' END, $3, $3 FROM people),
       bookings AS (
         INSERT INTO bookings (coach_id, client_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
           currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, done_at, done_by, created_at, updated_at)
         SELECT $1, id, start, start + interval '1 hour', 60, 'done', 'individual', 'per_session', 'EUR', 24, 'auto',
           true, start, 'coach', start, start
         FROM people, LATERAL (SELECT $3::timestamptz - (rank * 3 + session) * interval '1 day' AS start
           FROM generate_series(1, 4) AS session) AS sessions),
       packages AS (
         INSERT INTO packages (coach_id, client_id, name, sessions_total, price_cents, currency, status, balance,
           remaining, last_seq, created_at, updated_at)
         SELECT $1, id, 'Carnet', 1 + rank % 20, 1000, 'EUR', 'active', 1 + rank % 20, 1 + rank % 20, 1, $3, $3
         FROM people WHERE rank % 2 = 0 RETURNING id, client_id, sessions_total)
       INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta,
         balance_after, remaining_after)
       SELECT id, 1, $1, client_id, $3, 'purchase', sessions_total, sessions_total, sessions_total, sessions_total
       FROM packages`,
      [coach.id, randomUUID(), '2026-03-01T09:00:00Z', SIZE],
    );
    await app.database.query('ANALYZE');
  }, 60_000);

  const orders = ['name', 'last_activity', 'sessions_remaining'].flatMap((sort) =>
    ['asc', 'desc'].map((order) => `sort=${sort}&order=${order}`),
  );

  it.each(orders)('cost the same few queries for one as for a hundred: %s', async (order) => {
    const queries = async (limit: number): Promise<number> => {
      const before = app.queryCount();
      expect((await page(coach, `?${order}&limit=${limit}`)).items).toHaveLength(limit);
      return app.queryCount() - before;
    };
    await queries(1);
    const few = await queries(1);
    expect(await queries(100)).toBe(few);
    // Profile, page, count, notes, credits, sessions; and the key of the caller at most.
    expect(few).toBeLessThanOrEqual(7);
  });

  it.each(orders)(
    'are paged without repeating or losing one: %s',
    async (order) => {
      const met: WireClient[] = [];
      for (let offset = 0; offset < SIZE; offset += 100) {
        const { items, total, has_more } = await page(coach, `?${order}&limit=100&offset=${offset}`);
        expect([items.length, total, has_more]).toEqual([100, SIZE, offset + 100 < SIZE]);
        met.push(...items);
      }
      expect(new Set(met.map(({ id }) => id)).size).toBe(SIZE);
      const sign = order.endsWith('asc') ? 1 : -1;
      const [, sort = ''] = /sort=(\w+)/.exec(order) ?? [];
      const field = { name: 'name', last_activity: 'last_session_at', sessions_remaining: 'sessions_remaining' }[sort];
      const values = met.map((client) => client[field ?? ''] as string | number);
      const outOfOrder = values.filter((value, index) => {
        const before = values[index - 1];
        return before !== undefined && (value > before ? 1 : value < before ? -1 : 0) * sign < 0;
      });
      expect(outOfOrder).toEqual([]);
    },
    60_000,
  );
});
