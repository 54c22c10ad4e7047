import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { JobWorker } from 'src/common/jobs/job-worker';
import { migrate } from 'src/database/migrate';
import { RUNTIME_ROLE } from 'src/database/runtime-role';
import { seed } from 'src/database/seed';
import { fullLife, type FullLife } from 'test/gdpr/full-life';
import { leave, statusOf } from 'test/gdpr/leaving';
import { newKey, rotated } from 'test/security/rotation';
import { expectInvariants } from 'test/support/invariants';
import { OwnDatabase } from 'test/support/own-database';
import { startTestApp, type TestApp } from 'test/support/test-app';
import type { TestDatabase } from 'test/support/test-database';

const ROLES = join(__dirname, '..', '..', 'docker', 'database-roles.sql');
const PASSWORD = 'only-of-this-test';
const THIRTY_ONE_DAYS = 31 * 86_400;
const INSUFFICIENT_PRIVILEGE = '42501';
const [K1, K2, T1, T2] = [newKey('k1'), newKey('k2'), newKey('t1'), newKey('t2')];

/** What an operator runs with psql: without its own commands, and with the passwords filled in. */
async function makeRoles(superuser: Pool): Promise<void> {
  const text = await readFile(ROLES, 'utf8');
  const sql = text.replace(/^ *\\.*$/gm, '').replace(/:'(owner|app)_password'/g, `'${PASSWORD}'`);
  await superuser.query(sql);
}

/** Processes work under a role that changes rows and nothing else; tables are made by another (trust 64). */
describe('the role of the processes', () => {
  let server: OwnDatabase;
  let folder: string;
  let app: TestApp;
  let session: Pool;
  let life: FullLife;

  const urlOf = (role: string): string =>
    Object.assign(new URL(server.url), { username: role, password: PASSWORD }).href;
  const ownerUrl = (): string => urlOf('mycoach_owner');
  const superuser = (): TestDatabase => ({ url: server.url, drop: () => Promise.resolve() });
  const runtime = (): Record<string, string> => ({ DATABASE_URL: urlOf(RUNTIME_ROLE), DATA_DIR: folder });
  /** What PostgreSQL says to the role: how many rows it touched, or the code and the constraint of its refusal. */
  const say = async (sql: string): Promise<unknown> =>
    session.query(sql).then(
      ({ rowCount }) => rowCount,
      (error: unknown) => {
        const { code, constraint } = error as { code?: string; constraint?: string };
        return constraint ?? code;
      },
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mycoach-role-'));
    server = await OwnDatabase.start({ migrated: false });
    await makeRoles(server.pool);
    await makeRoles(server.pool);
    await migrate(ownerUrl());
    await seed(ownerUrl(), { samples: false });
    const keys = { FIELD_ENCRYPTION_KEYS: `${K1},${K2}`, TOKEN_ENCRYPTION_KEYS: `${T1},${T2}` };
    app = await startTestApp({ ...runtime(), ...keys }, undefined, superuser());
    session = new Pool({ connectionString: urlOf(RUNTIME_ROLE), max: 2 });
    life = await fullLife(app);
  }, 180_000);
  afterAll(async () => {
    await session.end();
    await app.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is that of every connection of the application', async () => {
    const { rows } = await app.database.query<{ role: string }>(
      `SELECT DISTINCT usename AS role FROM pg_stat_activity WHERE application_name IN ('mycoach', 'mycoach-jobs')`,
    );
    expect(rows).toEqual([{ role: RUNTIME_ROLE }]);
  });

  it('is enough for everything that people do, and the sums are right after it', async () => {
    const { rows } = await app.database.query<{ bookings: number; dead: number }>(
      `SELECT (SELECT count(*)::int FROM bookings) AS bookings,
              (SELECT count(*)::int FROM graphile_worker._private_jobs WHERE attempts >= max_attempts) AS dead`,
    );
    expect(rows[0]?.bookings).toBeGreaterThan(0);
    expect(rows[0]?.dead).toBe(0);
    await expectInvariants(app.database);
  });

  it('may do nothing to the database but work with rows', async () => {
    const { rows } = await app.database.query(
      `SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
              has_database_privilege(rolname, current_database(), 'CREATE') AS creates,
              has_database_privilege(rolname, current_database(), 'TEMP') AS creates_passing,
              (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owns,
              (SELECT count(*)::int FROM pg_auth_members WHERE member = pg_roles.oid) AS is_somebody_else
       FROM pg_roles WHERE rolname = $1`,
      [RUNTIME_ROLE],
    );
    const rights = ['rolsuper', 'rolcreaterole', 'rolcreatedb', 'rolreplication', 'rolbypassrls', 'creates'];
    const none = Object.fromEntries([...rights, 'creates_passing'].map((right) => [right, false]));
    expect(rows).toEqual([{ ...none, owns: 0, is_somebody_else: 0 }]);
  });

  it.each([
    'CREATE TABLE mine (id int)',
    'CREATE TEMP TABLE mine (id int)',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'CREATE ROLE mine',
    'CREATE EXTENSION dblink',
    'ALTER TABLE users ADD COLUMN mine text',
    'ALTER TABLE consents DISABLE TRIGGER consents_stay',
    'ALTER TABLE graphile_worker._private_jobs DISABLE ROW LEVEL SECURITY',
    'ALTER ROLE mycoach_app SUPERUSER',
    'DROP TABLE feedback',
    'DROP TRIGGER package_movements_stay ON package_movements',
    'DROP INDEX bookings_pkey',
    'TRUNCATE feedback',
    'CREATE INDEX mine ON users (email)',
    'SET ROLE mycoach_owner',
    'SET session_replication_role = replica',
    'SELECT rolpassword FROM pg_authid',
    `SELECT pg_read_file('/etc/passwd')`,
    `COPY users TO PROGRAM 'cat'`,
    `COPY users FROM '/etc/passwd'`,
    `INSERT INTO migrations (timestamp, name) VALUES (1, 'mine')`,
    'DELETE FROM migrations',
  ])('is refused %s', async (sql) => {
    expect(await say(sql)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each([
    ['UPDATE package_movements SET delta = 9', INSUFFICIENT_PRIVILEGE],
    [`UPDATE package_movements SET reason = 'in the clear'`, 'package_movements_stay'],
    ['DELETE FROM package_movements', INSUFFICIENT_PRIVILEGE],
    [`UPDATE booking_transitions SET to_status = 'done'`, INSUFFICIENT_PRIVILEGE],
    ['DELETE FROM booking_transitions', INSUFFICIENT_PRIVILEGE],
    ['UPDATE consents SET accepted = true', INSUFFICIENT_PRIVILEGE],
    ['DELETE FROM consents', 'consents_stay'],
    ['UPDATE audit_log SET actor_id = NULL', INSUFFICIENT_PRIVILEGE],
    ['DELETE FROM audit_log', 'audit_log_stays'],
  ])('adds to what is kept, and neither changes nor deletes it: %s', async (sql, refusal) => {
    expect(await say(sql)).toBe(refusal);
  });

  it('reaches what a later migration makes, also before the rights are given again', async () => {
    const owner = new Pool({ connectionString: ownerUrl(), max: 1 });
    try {
      await owner.query('CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY, word text)');
      expect(await say(`INSERT INTO later (word) VALUES ('here')`)).toBe(1);
      await owner.query('DROP TABLE later');
    } finally {
      await owner.end();
    }
    expect(await migrate(ownerUrl())).toEqual([]);
    expect(await say('UPDATE package_movements SET delta = 9')).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('cannot migrate, and says so', async () => {
    const { rows } = await app.database.query<{ id: number; timestamp: string; name: string }>(
      'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING id, timestamp, name',
    );
    const [last] = rows;
    // What the library says of it besides.
    const said = jest.spyOn(console, 'log').mockImplementation();
    try {
      await expect(migrate(urlOf(RUNTIME_ROLE))).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    } finally {
      said.mockRestore();
      const values = [last?.id, last?.timestamp, last?.name];
      await app.database.query('INSERT INTO migrations (id, timestamp, name) VALUES ($1, $2, $3)', values);
    }
    expect(await migrate(ownerUrl())).toEqual([]);
  });

  it('is enough to encrypt everything anew, also what else never changes', async () => {
    const rings = { FIELD_ENCRYPTION_KEYS: `${K2},${K1}`, TOKEN_ENCRYPTION_KEYS: `${T2},${T1}` };
    const other = await startTestApp({ ...runtime(), ...rings }, undefined, superuser());
    try {
      const anew = new Map((await rotated(other)).map(({ table, column, ...found }) => [`${table}.${column}`, found]));
      for (const { left, unopened } of anew.values()) expect([left, unopened]).toEqual([0, 0]);
      expect(anew.get('bookings.client_message')?.rotated).toBeGreaterThan(0);
      for (const column of ['package_movements.reason', 'booking_transitions.reason'])
        expect(anew.get(column)?.rotated).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });

  it('is enough to erase somebody', async () => {
    await leave(life.client);
    await app.advance(THIRTY_ONE_DAYS);
    await app.nest.get(JobWorker).settle();
    expect(await statusOf(app, life.client)).toBe('deleted');
  }, 120_000);
});
