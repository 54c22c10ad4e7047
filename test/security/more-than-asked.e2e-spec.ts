import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCoach, expectStatus } from 'test/support/coaching';
import { befriend } from 'test/support/packages';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Row = Record<string, unknown>;

interface Document {
  paths: Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { schema: { $ref?: string } }> } } | undefined>
  >;
  components: { schemas: Record<string, { properties?: object } | undefined> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Document;

/** What a route takes on purpose. */
function takenBy(verb: string, path: string): string[] {
  const schema = document.paths[path]?.[verb]?.requestBody?.content['application/json']?.schema;
  const properties = document.components.schemas[schema?.$ref?.split('/').at(-1) ?? '']?.properties;
  if (!properties) throw new Error(`${verb} ${path} takes nothing that is documented`);
  return Object.keys(properties);
}

/** Something of the right type that nobody would have by himself. */
const WANTED: Readonly<Record<string, unknown>> = {
  uuid: '00000000-0000-4000-8000-00000000beef',
  text: 'admin',
  citext: 'admin@example.com',
  bpchar: 'X'.repeat(64),
  bool: true,
  int2: 1,
  int4: 424_242,
  int8: 424_242,
  numeric: 424_242,
  float8: 424_242,
  date: '2001-01-01',
  timestamptz: '2001-01-01T00:00:00Z',
};

/** Names that open doors elsewhere. */
const KEYS = {
  role: 'admin',
  is_admin: true,
  admin: true,
  $set: { role: 'admin' },
  user: { role: 'admin' },
  isNew: true,
};

/** What belongs to the row and not to what was asked for. */
const OF_THE_ROW = /^(id|created_at|updated_at|.*_at|seq|fact|token|position)$/;

/** Whoever sends more than a form has gets nothing for it (trust 4). */
describe('columns that nobody asked for', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app, { maxSlots: 5 });
    client = await app.register();
    await befriend(app, coach, client);
  });
  afterAll(() => app.close());

  /** Every column of a table with something to want, but what the route takes on purpose. */
  const more = async (table: string, verb: string, path: string): Promise<Row> => {
    const { rows } = await app.database.query<{ name: string; type: string }>(
      'SELECT column_name AS name, udt_name AS type FROM information_schema.columns WHERE table_name = $1',
      [table],
    );
    const taken = new Set(takenBy(verb, path));
    const wanted: Row = { ...KEYS };
    for (const { name, type } of rows) wanted[name] = WANTED[type] ?? 'admin';
    return Object.fromEntries(Object.entries(wanted).filter(([name]) => !taken.has(name)));
  };
  const rowOf = async (table: string, id: string): Promise<Row> => {
    const key = table === 'coach_profiles' ? 'user_id' : 'id';
    const { rows } = await app.database.query<Row>(`SELECT * FROM ${table} WHERE ${key} = $1`, [id]);
    if (!rows[0]) throw new Error(`no row of ${table}`);
    return rows[0];
  };
  const differing = (one: Row, other: Row): string[] =>
    Object.keys(one).filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
  /** None of the wanted values stands anywhere in the row. */
  const gained = (row: Row, sent: Row): string[] =>
    Object.keys(sent).filter((name) => name in row && JSON.stringify(row[name]) === JSON.stringify(sent[name]));

  interface Made {
    name: string;
    table: string;
    path: string;
    /** What may differ between two of them. */
    own?: RegExp;
    status?: number;
    body: (place: number) => Row;
    by?: () => TestPerson;
    at?: () => string;
  }
  const MADE: readonly Made[] = [
    {
      name: 'an account',
      table: 'users',
      path: '/auth/register',
      own: /^(email|password_hash)$/,
      body: (place) => ({
        ...{ first_name: 'Ann', last_name: 'Oak', role: 'client', password: 'Correct-Horse-7' },
        email: `more-${String(place)}@example.com`,
      }),
    },
    {
      name: 'a price',
      table: 'pricings',
      path: '/coaches/pricing',
      by: () => coach,
      body: () => ({ type: 'per_session', name: 'Another', price_cents: 4_000 }),
    },
    {
      name: 'a booking',
      table: 'bookings',
      path: '/bookings',
      own: /^(scheduled_at|ends_at)$/,
      by: () => client,
      body: (place) => ({ coach_id: coach.id, scheduled_at: `2026-03-04T${String(10 + place)}:00:00Z` }),
    },
    {
      name: 'a package',
      table: 'packages',
      path: '/coaches/clients/{id}/packages',
      by: () => coach,
      at: () => `/coaches/clients/${client.id}/packages`,
      body: () => ({ name: 'Ten', sessions_total: 10, price_cents: 45_000 }),
    },
    {
      name: 'a payment',
      table: 'payments',
      path: '/coaches/clients/{id}/payments',
      by: () => coach,
      at: () => `/coaches/clients/${client.id}/payments`,
      body: () => ({ amount_cents: 5_000, payment_method: 'cash' }),
    },
    {
      name: 'feedback',
      table: 'feedback',
      path: '/feedback',
      own: /^(title)$/,
      by: () => client,
      body: (place) => ({ type: 'suggestion', title: `Idea ${String(place)}`, description: 'Something useful' }),
    },
  ];

  it.each(MADE)('give $name nothing', async ({ table, path, own = /^$/, status = 201, body, by, at }) => {
    const send = async (place: number, extra: Row): Promise<Row> => {
      const http = by?.().http ?? app.http;
      const made = await expectStatus<Row>(http.post(at?.() ?? path).send({ ...extra, ...body(place) }), status);
      const { id } = (made['user'] ?? made) as { id: string };
      return rowOf(table, id);
    };
    const extra = await more(table, 'post', path);
    expect(Object.keys(extra).length).toBeGreaterThan(8);
    const [plain, greedy] = [await send(0, {}), await send(1, extra)];
    expect(differing(plain, greedy).filter((name) => !OF_THE_ROW.test(name) && !own.test(name))).toEqual([]);
    const times = Object.keys(extra).filter((name) => /_at$|^id$|_id$/.test(name));
    expect(gained(greedy, Object.fromEntries(times.map((name) => [name, extra[name]])))).toEqual([]);
    expect(String((greedy['created_at'] as Date | undefined)?.toISOString())).toContain('2026-03-02');
  });

  it.each<[string, string, string, string, Row, RegExp, () => TestPerson]>([
    ['the own account', 'users', 'patch', '/users/me', { first_name: 'Bea' }, /^(first_name)$/, () => client],
    [
      'the own profile',
      'coach_profiles',
      'put',
      '/coaches/profile',
      { bio: 'I train people.' },
      /^(bio|profile_completion_pct)$/,
      () => coach,
    ],
  ])('change nothing of %s', async (_, table, verb, path, body, changes, by) => {
    const before = await rowOf(table, by().id);
    const extra = await more(table, verb, path);
    expect(Object.keys(extra).length).toBeGreaterThan(8);
    const send = verb === 'patch' ? by().http.patch(path) : by().http.put(path);
    await expectStatus(send.send({ ...extra, ...body }), 200);
    const changed = differing(before, await rowOf(table, by().id));
    expect(changed.filter((name) => name !== 'updated_at' && !changes.test(name))).toEqual([]);
    expect(changed).toContain(Object.keys(body)[0]);
  });

  it('leave the prototype of everything as it was', async () => {
    const poison = '{"first_name":"Cleo","__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}';
    await expectStatus(client.http.patch('/users/me').set('Content-Type', 'application/json').send(poison), 200);
    expect(({} as Row)['role']).toBeUndefined();
    expect((await rowOf('users', client.id))['role']).toBe('client');
  });
});
