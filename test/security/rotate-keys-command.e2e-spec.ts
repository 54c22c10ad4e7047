import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment } from 'src/config/app-config';
import { type Ended, ROOT, runNode } from 'test/architecture/sources';
import { eventually } from 'test/support/eventually';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { keysInUse, manyNotifications, newKey } from './rotation';

const COMMAND = join(ROOT, 'dist', 'rotate-keys.js');
const [K1, K2, T1] = [newKey('k1'), newKey('k2'), newKey('t1')];

describe('npm run keys:rotate', () => {
  let app: TestApp;
  const values = 1_500;

  beforeEach(async () => {
    app = await startTestApp({ FIELD_ENCRYPTION_KEYS: K1, TOKEN_ENCRYPTION_KEYS: T1 });
    // The mail that proves the address waits, and carries a secret of its own.
    const person = await app.register();
    await manyNotifications(app, person.id, values);
  });

  afterEach(() => app.close());

  const environment = (ring: string): NodeJS.ProcessEnv => ({
    ...childEnvironment(),
    NODE_ENV: 'test',
    DATABASE_URL: app.databaseUrl,
    FIELD_ENCRYPTION_KEYS: ring,
    TOKEN_ENCRYPTION_KEYS: T1,
  });
  const run = (ring: string, ...args: string[]): Promise<Ended> =>
    runNode([COMMAND, ...args], { env: environment(ring) });
  const inUse = async (): Promise<Record<string, number>> => (await keysInUse(app)).get('notifications.body') ?? {};

  it('says which keys are in use, encrypts with the first one, and ends with 1 until nothing else is left', async () => {
    const before = await run(`${K2},${K1}`, '--check');
    expect([before.code, before.stderr]).toEqual([1, '']);
    expect(before.stdout).toContain(`notifications.body: k1 ${values}    FIELD_ENCRYPTION_KEYS\n`);
    expect(before.stdout).toContain('oauth_connections.refresh_token: none    TOKEN_ENCRYPTION_KEYS\n');
    expect(await inUse()).toEqual({ k1: values });

    const rotated = await run(`${K2},${K1}`);
    expect([rotated.code, rotated.stderr]).toEqual([0, '']);
    expect(rotated.stdout).toContain(`notifications.body: ${values} encrypted anew\n`);
    expect(rotated.stdout).toContain('jobs and dead letters: k1 1, until they are delivered or removed\n');
    expect(rotated.stdout).toContain('FIELD_ENCRYPTION_KEYS: k1 is needed\nFIELD_ENCRYPTION_KEYS: k2 is needed\n');
    expect(await inUse()).toEqual({ k2: values });

    const after = await run(`${K2},${K1}`, '--check');
    expect(after.code).toBe(0);
    expect(after.stdout).toContain(`notifications.body: k2 (current) ${values}    FIELD_ENCRYPTION_KEYS\n`);
    // The mail is on its way; once it has arrived, nothing needs the old key.
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    expect(after.stdout).toContain('FIELD_ENCRYPTION_KEYS: k1 is needed\n');
    const again = await run(`${K2},${K1}`);
    expect(again.stdout).toContain(
      'FIELD_ENCRYPTION_KEYS: k1 is needed no more\nFIELD_ENCRYPTION_KEYS: k2 is needed\n',
    );
    // Nothing of a text or a key is told.
    for (const { stdout } of [before, rotated, after]) expect(stdout).not.toMatch(/body of|[A-Za-z0-9+/]{40}/);
  }, 120_000);

  it('ends with 1, and names rows, when a key is missing', async () => {
    const { code, stdout } = await run(K2);
    expect(code).toBe(1);
    expect(stdout).toContain(`notifications.body: 0 encrypted anew\n  ${values} could not be opened, of `);
    expect(await inUse()).toEqual({ k1: values });
  }, 120_000);

  it('is killed in the middle, and goes on from there', async () => {
    const killed = spawn(process.execPath, [COMMAND], { env: environment(`${K2},${K1}`), stdio: 'ignore' });
    const ended = once(killed, 'exit');
    await eventually(inUse, (counts) => (counts['k2'] ?? 0) > 0, { withinMs: 30_000, stepMs: 5 });
    killed.kill('SIGKILL');
    await ended;
    const half = await inUse();
    expect(half['k1']).toBeGreaterThan(0);
    const { code, stdout } = await run(`${K2},${K1}`);
    expect(code).toBe(0);
    expect(stdout).toContain(`notifications.body: ${String(half['k1'])} encrypted anew\n`);
    expect(await inUse()).toEqual({ k2: values });
  }, 120_000);

  it('is told what it takes', async () => {
    const { code, stderr } = await run(K1, 'now');
    expect([code, stderr]).toEqual([
      1,
      'Usage: npm run keys:rotate [-- --check | --forget FIELD_ENCRYPTION_KEYS:k1]\n',
    ]);
  }, 120_000);
});
