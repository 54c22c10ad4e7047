import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { childEnvironment } from 'src/config/app-config';
import { KeysInUse1700000000036 } from 'src/database/migrations/1700000000036-keys-in-use';
import { createDataSource } from 'src/database/data-source';
import { refusal, startBuilt } from 'test/architecture/built-process';
import { type Ended, ROOT, runNode } from 'test/architecture/sources';
import { eventually } from 'test/support/eventually';
import { PRODUCTION } from 'test/support/production-settings';
import { startProcess } from 'test/support/real-process';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { manyNotifications, newKey } from './rotation';

const [K1, K2, T1, T2] = [newKey('k1'), newKey('k2'), newKey('t1'), newKey('t2')];

interface Noted {
  ring: string;
  key_id: string;
  fingerprint: string | null;
}

describe('a process without a key that the database needs', () => {
  let testDatabase: TestDatabase;
  let database: Client;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    database = new Client(testDatabase.url);
    // Dropping the database ends it.
    database.on('error', () => undefined);
    await database.connect();
  });
  afterEach(async () => {
    await database.end();
    await testDatabase.drop();
  });

  const variables = (fields: string, tokens = T1): Record<string, string> => ({
    ...PRODUCTION,
    LOG_LEVEL: 'fatal',
    DATABASE_URL: testDatabase.url,
    FIELD_ENCRYPTION_KEYS: fields,
    TOKEN_ENCRYPTION_KEYS: tokens,
  });
  /** It becomes ready, and ends well. */
  const starts = async (fields: string, tokens = T1): Promise<void> => {
    const app = await startBuilt(variables(fields, tokens));
    expect((await app.get('/readyz')).status).toBe(200);
    expect(await app.stop()).toBe(0);
  };
  const run = (script: string, fields: string, ...args: string[]): Promise<Ended> =>
    runNode([join(ROOT, 'dist', script), ...args], {
      cwd: tmpdir(),
      env: { ...childEnvironment(), ...variables(fields) },
    });
  const noted = async (): Promise<Noted[]> =>
    (await database.query<Noted>('SELECT ring, key_id, fingerprint FROM keys_in_use ORDER BY ring, key_id')).rows;
  const idsNoted = async (): Promise<string[]> => (await noted()).map(({ key_id }) => key_id);

  /** As if somebody had started with it. */
  const note = (ring: string, keyId: string, fingerprint: string | null = null): Promise<unknown> =>
    database.query('INSERT INTO keys_in_use VALUES ($1, $2, $3, now())', [ring, keyId, fingerprint]);

  it('does not start until a rotation has left nothing to that key', async () => {
    await starts(K1);
    expect(await idsNoted()).toEqual(['k1', 't1']);
    const early = await refusal(variables(K2));
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('has no key "k1", which values')]);
    const { code, stdout } = await run('rotate-keys.js', `${K2},${K1}`);
    expect(code).toBe(0);
    expect(stdout).toContain('FIELD_ENCRYPTION_KEYS: k1 is needed no more\n');
    expect(stdout).toContain('FIELD_ENCRYPTION_KEYS: k2 is needed\nTOKEN_ENCRYPTION_KEYS: t1 is needed\n');
    await starts(K2);
    expect(await idsNoted()).toEqual(['k2', 't1']);
  }, 120_000);

  it('does not work off jobs either, and names all keys at once', async () => {
    await note('FIELD_ENCRYPTION_KEYS', 'k1');
    await note('TOKEN_ENCRYPTION_KEYS', 't1');
    const { code, stdout, stderr } = await refusal({ ...variables(K2, T2), ROLE: 'worker' });
    expect(code).toBe(1);
    expect(stderr).toContain('FIELD_ENCRYPTION_KEYS has no key "k1", which values are encrypted with\n');
    expect(stderr).toContain('TOKEN_ENCRYPTION_KEYS has no key "t1", which values are encrypted with\n');
    expect(stderr).toContain('docs/runbook.md');
    // It is no line of code that failed, and nothing of a key is told.
    expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at |[A-Za-z0-9+/]{40}/);
    expect(await idsNoted()).toEqual(['k1', 't1']);
  }, 120_000);

  it('does not start with another key of the same name, which new secrets beside an old database are', async () => {
    await note('FIELD_ENCRYPTION_KEYS', 'k1', 'a'.repeat(64));
    const { code, stderr } = await refusal(variables(K1));
    expect(code).toBe(1);
    expect(stderr).toContain('FIELD_ENCRYPTION_KEYS has a key "k1", but not the one that values are encrypted with\n');
    // Nor does it encrypt with it.
    const rotating = await run('rotate-keys.js', K1);
    expect([rotating.code, rotating.stderr]).toEqual([1, expect.stringContaining('has a key "k1", but not the one')]);
  }, 120_000);

  it('is told to give up what that key encrypted', async () => {
    await note('FIELD_ENCRYPTION_KEYS', 'k1');
    await note('TOKEN_ENCRYPTION_KEYS', 'k1');
    const forgotten = await run('rotate-keys.js', K2, '--forget', 'FIELD_ENCRYPTION_KEYS:k1');
    expect(forgotten).toMatchObject({ code: 0, stdout: expect.stringContaining('k1 is asked for no more') as string });
    expect(await noted()).toMatchObject([{ ring: 'TOKEN_ENCRYPTION_KEYS', key_id: 'k1' }]);
    const wrong = await run('rotate-keys.js', K2, '--forget', 'SIGNING_SECRET:k1');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/^Usage: /)]);
  }, 120_000);

  it('migrates all the same', async () => {
    await note('FIELD_ENCRYPTION_KEYS', 'k1');
    const { code, stdout } = await run(join('database', 'migrate.js'), K2);
    expect([code, stdout]).toEqual([0, 'nothing to migrate\n']);
  }, 120_000);

  it('ends when it was there before its migrations, and those bring what says so', async () => {
    await database.query('ALTER TABLE keys_in_use RENAME TO to_come');
    const early = await startProcess({ ...variables(K2), LOG_LEVEL: 'error' });
    try {
      await database.query(
        `INSERT INTO to_come (ring, key_id, first_used_at) VALUES ('FIELD_ENCRYPTION_KEYS', 'k1', now())`,
      );
      expect(early.child.exitCode).toBeNull();
      await database.query('ALTER TABLE to_come RENAME TO keys_in_use');
      expect(await early.ended).toBe(1);
      expect(early.output()).toContain('FIELD_ENCRYPTION_KEYS has no key \\"k1\\"');
    } finally {
      await early.kill();
    }
  }, 120_000);
});

describe('the keys that a database needs', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ FIELD_ENCRYPTION_KEYS: K1, TOKEN_ENCRYPTION_KEYS: T1 });
    await manyNotifications(app, (await app.register()).id, 3);
  });
  afterEach(() => app.close());

  const noted = async (): Promise<Noted[]> =>
    (await app.database.query<Noted>('SELECT ring, key_id, fingerprint FROM keys_in_use ORDER BY ring, key_id')).rows;
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;

  it('are noted by the first process that encrypts with them, and once', async () => {
    const both = [
      { ring: 'FIELD_ENCRYPTION_KEYS', key_id: 'k1', fingerprint: hash },
      { ring: 'TOKEN_ENCRYPTION_KEYS', key_id: 't1', fingerprint: hash },
    ];
    const first = await noted();
    expect(first).toEqual(both);
    const keys = { FIELD_ENCRYPTION_KEYS: `${K1},${K2}`, TOKEN_ENCRYPTION_KEYS: T1 };
    const shared = { url: app.databaseUrl, drop: () => Promise.resolve() };
    const second = await startTestApp(keys, undefined, shared);
    await second.close();
    expect(await noted()).toEqual(first);
  });

  it('are found by the migration in what was encrypted before, and recognised by who has them next', async () => {
    const before = await noted();
    const source = createDataSource({ databaseUrl: app.databaseUrl, poolSize: 1 });
    await source.initialize();
    const runner = source.createQueryRunner();
    await new KeysInUse1700000000036().down(runner);
    await new KeysInUse1700000000036().up(runner);
    await runner.release();
    await source.destroy();
    // Nothing is encrypted with t1 yet.
    expect(await noted()).toEqual([{ ring: 'FIELD_ENCRYPTION_KEYS', key_id: 'k1', fingerprint: null }]);

    const shared = { url: app.databaseUrl, drop: () => Promise.resolve() };
    const keys = { FIELD_ENCRYPTION_KEYS: `${K2},${K1}`, TOKEN_ENCRYPTION_KEYS: T1 };
    const second = await startTestApp(keys, undefined, shared);
    await second.close();
    const after = await noted();
    expect(after.map(({ key_id }) => key_id)).toEqual(['k1', 'k2', 't1']);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('are noted as soon as a database takes writes again', async () => {
    const name = new URL(app.databaseUrl).pathname.slice(1);
    await app.database.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const shared = { url: app.databaseUrl, drop: () => Promise.resolve() };
    const keys = { FIELD_ENCRYPTION_KEYS: `${K2},${K1}`, TOKEN_ENCRYPTION_KEYS: T1 };
    const second = await startTestApp(keys, undefined, shared);
    try {
      expect((await second.http.get('/readyz')).status).toBe(200);
      expect((await noted()).map(({ key_id }) => key_id)).toEqual(['k1', 't1']);
      await app.database.query(`BEGIN READ WRITE; ALTER DATABASE ${name} RESET default_transaction_read_only; COMMIT`);
      await app.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'mycoach'`,
      );
      await eventually(noted, (keysNoted) => keysNoted.some(({ key_id }) => key_id === 'k2'));
    } finally {
      await second.close();
    }
  });
});
