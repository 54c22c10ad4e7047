import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import { fillLargeSet, type Seal } from 'src/database/large-set/large-set';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

const COMMAND = join(__dirname, '..', '..', 'dist', 'database', 'seed-large.js');
const DAY = new Date('2026-03-02');
/** Every table that it fills, and what of its rows is the same in every set. */
const TABLES = {
  users: '*',
  coach_profiles: '*',
  relations: '*',
  bookings: '*',
  packages: '*',
  package_movements: '*',
  payments: '*',
  seats: '*',
  waitlist_entries: '*',
  performance_sessions: '*',
  exercise_sets: '*',
  booking_transitions: 'booking_id, at, from_status, to_status, actor_role, actor_id',
  engagements: 'person_id, during, occasion, role, booking_id',
  notifications: 'id, user_id, type, fact, title, data, read_at, created_at',
};

let app: TestApp;
let other: TestDatabase;

async function filled(url: string, seal: Seal): Promise<Record<string, string>> {
  const client = new Client(url);
  await client.connect();
  try {
    await fillLargeSet(client, { coaches: 200, day: DAY, seal });
    const sums: Record<string, string> = {};
    for (const [table, columns] of Object.entries(TABLES)) {
      const { rows } = await client.query<{ sum: string }>(
        `SELECT count(*) || ' ' || md5(string_agg(md5(line::text), '' ORDER BY md5(line::text))) AS sum
         FROM (SELECT ${columns} FROM ${table}) AS line`,
      );
      sums[table] = rows[0]?.sum ?? '';
    }
    return sums;
  } finally {
    await client.end();
  }
}

describe('a large set', () => {
  let sums: Record<string, string>;

  beforeAll(async () => {
    app = await startTestApp();
    other = await createTestDatabase();
    await app.setClock('2026-03-02T06:00:00Z');
    const cipher = app.nest.get(FieldCipher);
    sums = await filled(app.databaseUrl, (text, place) => cipher.encrypt(place, text));
  });
  afterAll(async () => {
    await other.drop();
    await app.close();
  });

  it('holds ten bookings a coach, and every iron rule holds in it', async () => {
    expect(sums['bookings']).toMatch(/^2000 /);
    for (const [table, sum] of Object.entries(sums))
      expect([table, sum]).not.toEqual([table, expect.stringMatching(/^0 /)]);
    await expectInvariants(app.database);
  });

  it('is the same in every row wherever it is made', async () => {
    expect(await filled(other.url, (text) => text)).toEqual(sums);
  });

  it('is a world that the product works in', async () => {
    const signIn = { email: 'coach-0@large.example', password: 'Large-Set-1' };
    const { api_key: key } = await expectStatus<{ api_key: string }>(app.http.post('/auth/login').send(signIn), 200);
    const coach = app.client(key);
    const inbox = await expectStatus<{ total: number; items: { body: string }[] }>(coach.get('/notifications'), 200);
    expect(inbox.items[0]?.body).toMatch(/^La séance du \d\d\/\d\d vous attend/);
    const bookings = await expectStatus<{ total: number }>(coach.get('/bookings?as=coach&bucket=upcoming'), 200);
    expect(bookings.total).toBe(20);
    const found = await expectStatus<{ total: number }>(coach.get('/coaches/search'), 200);
    expect(found.total).toBe(200);
  });

  it('is made of nobody else’s database', async () => {
    await expect(filled(app.databaseUrl, (text) => text)).rejects.toThrow('somebody is in this database already');
  });
});

describe('npm run seed:large', () => {
  const run = async (
    variables: Record<string, string>,
    ...words: string[]
  ): Promise<[code: number | null, said: string]> => {
    const child = spawn(process.execPath, [COMMAND, ...words], { env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return [code, said];
  };
  let server: TestDatabase;
  let ours: Record<string, string>;

  beforeAll(async () => {
    server = await createTestDatabase();
    ours = { NODE_ENV: 'test', DATABASE_URL: server.url };
  });
  afterAll(() => server.drop());

  it('has no place in production', async () => {
    const [code, said] = await run({ ...PRODUCTION, DATABASE_URL: server.url }, '--scale', '0.001');
    expect([code, said]).toEqual([1, 'People who do not exist have no place in production\n']);
  });

  it.each([
    ['--scale', 'much'],
    ['--database', 'a;b'],
  ])('does not take %s %s', async (...words) => {
    expect(await run(ours, ...words)).toEqual([1, expect.stringMatching(/^Usage: npm run seed:large/)]);
  });

  it('makes a database of its own, and replaces it only when asked to', async () => {
    const name = 'test_large_set';
    const wanted = ['--scale', '0.001', '--database', name];
    const admin = new Client(server.url);
    await admin.connect();
    try {
      expect(await run(ours, ...wanted)).toEqual([0, expect.stringMatching(/^1000 bookings of 100 coaches in \d+ s/)]);
      expect(await run(ours, ...wanted)).toEqual([1, `There is a database ${name}: --replace removes it first\n`]);
      expect((await run(ours, ...wanted, '--replace'))[0]).toBe(0);
    } finally {
      await admin.query(`DROP DATABASE IF EXISTS ${name}`);
      await admin.end();
    }
  });
});
