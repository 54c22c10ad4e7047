import { Pool } from 'pg';
import { Database, type Statement } from 'src/common/transaction/database';
import { together } from 'src/common/transaction/together';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { connectionOptions } from 'src/database/connection';
import { aCoach, expectStatus, slotsOf } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { createTestDatabase } from 'test/support/test-database';
import { Turns } from 'test/support/turns';

const ADD: Statement = { name: 'test_add', text: 'INSERT INTO together_notes (word) VALUES ($1)' };
const READ: Statement = { name: 'test_read', text: 'SELECT word FROM together_notes ORDER BY word LIMIT $1' };
const COUNT: Statement = { name: 'test_count', text: 'SELECT count(*)::int AS total FROM together_notes' };

describe('statements that need nothing of one another', () => {
  let app: TestApp;
  let turns: Turns;
  let database: Database;
  let unit: UnitOfWork;
  let release: () => Promise<void>;

  beforeAll(async () => {
    const own = await createTestDatabase();
    turns = await Turns.to(own.url);
    app = await startTestApp({ DATABASE_URL: turns.url }, undefined, own);
    database = app.nest.get(Database);
    unit = app.nest.get(UnitOfWork);
    await app.database.query('CREATE TABLE together_notes (word text PRIMARY KEY)');
    release = () => turns.close();
  });
  afterAll(async () => {
    await app.close();
    await release();
  });
  beforeEach(() => app.database.query('DELETE FROM together_notes'));

  it('are sent in the order of their calls and waited for once, each seeing what came before it', async () => {
    const write = (): Promise<unknown> =>
      unit.run(async () => {
        await database.query(COUNT);
        return together(database.execute(ADD, ['one']), database.query(READ, [5]), database.execute(ADD, ['two']));
      });
    await write();
    await app.database.query('DELETE FROM together_notes');
    turns.begin();
    expect(await write()).toEqual([1, [{ word: 'one' }], 1]);
    // The count with the beginning, the three, commit.
    expect(turns.of('test_add', 'test_read')).toBe(3);
  });

  it('begin with a transaction where they only read, and wait for its beginning where they write', async () => {
    turns.begin();
    await unit.run(() => database.query(COUNT));
    expect(turns.of('START TRANSACTION', 'test_count')).toBe(2);
    turns.begin();
    await unit.run(() => together(database.execute(ADD, ['early']), database.execute(ADD, ['late'])));
    expect(turns.of('START TRANSACTION', 'test_add')).toBe(3);
    expect(await database.query(READ, [5])).toEqual([{ word: 'early' }, { word: 'late' }]);
  });

  it('write nothing when the transaction that they believe in has not begun', async () => {
    // The database does not understand the word, and would take what follows each statement for itself.
    const mishearing = await Turns.to(app.databaseUrl, (said) =>
      said.replace('START TRANSACTION', 'START TRANSACTI0N'),
    );
    const pool = new Pool({ ...connectionOptions({ databaseUrl: mishearing.url, isPooled: false }), max: 1 });
    const client = await pool.connect();
    const refused = { code: '42601' };
    await client.query('START TRANSACTION');
    const outcomes = await Promise.allSettled([
      client.query(READ.text, [5]),
      client.query(ADD.text, ['never']),
      client.query('SELECT count(*) FROM together_notes'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(client.query(ADD.text, ['never'])).rejects.toMatchObject(refused);
    await expect(client.query(READ.text, [5])).rejects.toMatchObject(refused);
    await expect(client.query('COMMIT')).rejects.toMatchObject(refused);
    await client.query('ROLLBACK');
    expect(await database.query(READ, [5])).toEqual([]);
    await client.query(ADD.text, ['after']);
    expect((await client.query(READ.text, [5])).rows).toEqual([{ word: 'after' }]);
    client.release();
    await pool.end();
    await mishearing.close();
  });

  it('say what went wrong first, not its echo, and leave nothing behind', async () => {
    const failing = unit.run(() =>
      together(
        database.execute(ADD, ['one']),
        // Its failure comes up later than the echo of the statement behind it.
        database
          .execute(ADD, ['one'])
          .then((count) => count)
          .then((count) => count),
        database.query(READ, [5]),
        database.query(COUNT),
      ),
    );
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await database.query(READ, [5])).toEqual([]);
    await unit.run(() => together(database.execute(ADD, ['again']), database.query(READ, [5])));
    expect(await database.query(READ, [5])).toEqual([{ word: 'again' }]);
  });

  it('bring a part of a list and its count in one turn, inside a transaction and outside', async () => {
    for (const word of ['a', 'b', 'c']) await database.execute(ADD, [word]);
    const page = (): Promise<unknown> => database.page(READ, [2], COUNT, []);
    const expected = { rows: [{ word: 'a' }, { word: 'b' }], total: 3 };
    expect(await page()).toEqual(expected);
    turns.begin();
    expect(await page()).toEqual(expected);
    expect(turns.of('test_read', 'test_count')).toBe(1);
    expect(await unit.run(page)).toEqual(expected);
    // A failure gives the connection back: more of them than the pool has connections.
    const broken: Statement = { name: 'test_broken', text: 'SELECT 1 / $1::int' };
    for (let n = 0; n < 12; n += 1)
      await expect(database.page(broken, [0], COUNT, [])).rejects.toMatchObject({ code: '22012' });
    expect(await page()).toEqual(expected);
  });

  it('read a month of slots in three turns of one connection', async () => {
    const coach = await aCoach(app);
    const client = await app.register();
    expect(await slotsOf(client, coach.id)).not.toHaveLength(0);
    turns.begin();
    await slotsOf(client, coach.id);
    expect(turns.of('coach_schedule', 'seat_scene', 'time_off_intervals', 'waitlist_views')).toBe(3);
  });

  it('make a booking in less than half as many turns as it has statements', async () => {
    const coach = await aCoach(app);
    const client = await app.register();
    const slots = await slotsOf(client, coach.id);
    const book = (place: number): Promise<unknown> =>
      expectStatus(
        client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: slots[place]?.scheduled_at }),
        201,
      );
    await book(0);
    turns.begin();
    await book(1);
    expect(turns.of('booking_insert', 'COMMIT')).toBeLessThanOrEqual(7);
  });

  describe('and are brief', () => {
    const backends = async (): Promise<number[]> => {
      const { rows } = await app.database.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'mycoach-shared' AND datname = current_database()`,
      );
      return rows.map(({ pid }) => pid);
    };

    it('share one connection, however many ask', async () => {
      const people = await Promise.all(Array.from({ length: 5 }, () => app.register()));
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, n) => {
          const person = people[n % people.length];
          const { body } = await expectStatusOfMe(person);
          return [person?.id, (body as { user: { id: string } }).user.id];
        }),
      );
      for (const [asked, answered] of answers) expect(answered).toBe(asked);
      expect(await backends()).toHaveLength(1);
    });

    it('are asked on a new connection when that one is lost', async () => {
      const person = await app.register();
      await expectStatusOfMe(person);
      const [lost] = await backends();
      await app.database.query('SELECT pg_terminate_backend($1)', [lost]);
      await eventually(
        async () => (await person.http.get('/auth/me')).status,
        (status) => status === 200,
      );
      const [found] = await backends();
      expect(found).toBeDefined();
      expect(found).not.toBe(lost);
    });

    function expectStatusOfMe(person: Awaited<ReturnType<TestApp['register']>> | undefined) {
      if (!person) throw new Error('nobody');
      return person.http.get('/auth/me').expect(200);
    }
  });
});
