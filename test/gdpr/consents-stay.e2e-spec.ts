import { ConsentPersonalData } from 'src/modules/gdpr/consents/consent.personal-data';
import type { DataSubject } from 'src/common/personal-data/personal-data';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const DAY = 86_400;

let app: TestApp;
let person: TestPerson;

beforeEach(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  person = await app.register({ accept_terms: true });
});
afterEach(() => app.close());

const subject = (): DataSubject => ({ userId: person.id, locale: 'fr-FR', timezone: 'Europe/Paris' });
const erase = (): Promise<string> => app.nest.get(ConsentPersonalData).erase(subject());
const count = async (): Promise<number> =>
  (await app.database.query<{ n: number }>('SELECT count(*)::int AS n FROM consents')).rows[0]?.n ?? -1;
/** What PostgreSQL says to a statement: the constraint that refuses it, or how many rows it touched. */
const say = async (sql: string, values: unknown[] = []): Promise<unknown> =>
  app.database.query(sql, values).then(
    ({ rowCount }) => rowCount,
    (error: unknown) => (error as { constraint?: string }).constraint,
  );

describe('a consent that was given', () => {
  it.each([
    ['taken back', 'UPDATE consents SET accepted = false'],
    ['of another wording', `UPDATE consents SET version = '9'`],
    ['of another time', `UPDATE consents SET accepted_at = accepted_at - interval '1 day'`],
    ['somebody else’s', 'UPDATE consents SET user_id = gen_random_uuid()'],
    ['given from elsewhere', 'UPDATE consents SET ip_hash = NULL'],
    ['nobody’s, and changed on the way', 'UPDATE consents SET user_id = NULL, accepted = false'],
    ['what it was', 'UPDATE consents SET accepted = accepted'],
    ['deleted', 'DELETE FROM consents'],
    ['emptied with its table', 'TRUNCATE consents'],
  ])('cannot be made %s, by whatever statement', async (_, sql) => {
    const before = (await app.database.query('SELECT * FROM consents ORDER BY position')).rows;
    expect(await say(sql)).toBe('consents_stay');
    expect((await app.database.query('SELECT * FROM consents ORDER BY position')).rows).toEqual(before);
  });

  it('lets go of its person once, when he is erased, and of nothing else', async () => {
    const before = (await app.database.query('SELECT * FROM consents ORDER BY position')).rows as object[];
    expect(await erase()).toBe('done');
    const after = (await app.database.query('SELECT * FROM consents ORDER BY position')).rows;
    expect(after).toEqual(before.map((row) => ({ ...row, user_id: null, detached_at: new Date(NOW) })));
    expect(await erase()).toBe('done');
    expect(await say('UPDATE consents SET user_id = $1, detached_at = NULL', [person.id])).toBe('consents_stay');
    expect(await say('UPDATE consents SET user_id = NULL')).toBe('consents_stay');
  });

  it('is not let go of at a time of the caller’s choosing, so that nobody shortens the five years', async () => {
    const early = `UPDATE consents SET user_id = NULL, detached_at = '2001-01-01T00:00:00Z'`;
    expect(await say(early)).toBe(2);
    const { rows } = await app.database.query<{ at: Date }>('SELECT DISTINCT detached_at AS at FROM consents');
    expect(rows).toEqual([{ at: new Date(NOW) }]);
    expect(await say('DELETE FROM consents')).toBe('consents_stay');
  });

  it('stays five years after the erasure, to the second, then may go', async () => {
    await erase();
    await app.setClock('2031-03-02T05:59:59Z');
    expect(await say('DELETE FROM consents')).toBe('consents_stay');
    await app.setClock('2031-03-02T06:00:00Z');
    expect(await say('DELETE FROM consents')).toBe(2);
  });

  it('goes by itself when its time is over, while those of living accounts stay', async () => {
    await erase();
    const living = await app.register();
    await expectStatus(living.http.post('/consents').send({ type: 'analytics', accepted: true }), 201);
    await app.setClock('2031-03-05T06:00:00Z');
    await app.advance(DAY);
    expect(await count()).toBe(3);
    await app.setClock('2031-03-06T06:00:00Z');
    await app.advance(DAY);
    expect(await count()).toBe(1);
    await app.advance(DAY);
    expect(await count()).toBe(1);
  });
});

describe('many consents of one person', () => {
  it('are let go of in batches, and handed out in the order in which they were said', async () => {
    await app.database.query(
      `INSERT INTO consents (user_id, type, version, accepted, accepted_at)
       SELECT $1, 'analytics', n::text, n % 2 = 0, $2 FROM generate_series(1, 700) AS n`,
      [person.id, new Date(NOW)],
    );
    const rows: Readonly<Record<string, unknown>>[] = [];
    const [section] = app.nest.get(ConsentPersonalData).sections;
    for await (const row of section?.rows(subject()) ?? []) rows.push(row);
    expect(rows).toHaveLength(702);
    expect(rows[0]).toEqual({ type: 'terms_of_service', version: '1.0', accepted: true, accepted_at: NOW });
    expect(rows.slice(2).map(({ version }) => version)).toEqual(Array.from({ length: 700 }, (_, at) => String(at + 1)));
    expect([await erase(), await erase()]).toEqual(['more', 'done']);
    expect(await say('SELECT FROM consents WHERE user_id IS NOT NULL')).toBe(0);
  });
});
