import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { childEnvironment } from 'src/config/app-config';
import { ROOT } from 'test/architecture/sources';
import { eventually } from 'test/support/eventually';
import { freePort, type LogLine, type RealProcess, startProcess } from 'test/support/real-process';
import { describeWithPostgres, pathWithPostgres, SystemPostgres } from 'test/support/system-postgres';

const RUNBOOK = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8');
const ADMIN = { email: 'you@example.com', password: 'Correct-Horse-7' };

/** The blocks of the runbook between marks of this name, in one. */
function blocks(mark: string): string {
  const found = [...RUNBOOK.matchAll(new RegExp(`<!-- ${mark} -->\\s*\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``, 'g'))];
  if (found.length === 0) throw new Error(`the runbook has no block ${mark}`);
  return found.map(([, block = '']) => block).join('\n');
}

describeWithPostgres('the runbook without containers, pasted block by block', () => {
  let server: SystemPostgres;
  let folder: string;
  let said: string;
  let processes: Record<'api' | 'worker', RealProcess>;
  const started: RealProcess[] = [];
  let figures: Record<'api' | 'worker', number>;

  /** What has been pasted before, in the same folder: where its shell stands. */
  const resumed = ['SECRETS=$PWD/.data/secrets', ...(blocks('bare').match(/^(?:with\(\)|OWNER=).*$/gm) ?? [])].join(
    '\n',
  );

  function shell(commands: string): string {
    const { host } = new URL(server.address);
    return execFileSync('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...childEnvironment(),
        ...server.superuser,
        PATH: pathWithPostgres(),
        SERVER: host,
        ADMIN_PASSWORD: ADMIN.password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** What `with` tells a process. */
  function variables(): Record<string, string> {
    const lines = shell(`${resumed}\nwith env`).split('\n');
    const names = readFileSync(join(folder, '.data', 'env'), 'utf8').match(/^\w+(?==)/gm) ?? [];
    return Object.fromEntries(
      names.map((name) => [name, lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? '']),
    );
  }

  async function start(role: 'api' | 'worker', readyPath: string | null): Promise<RealProcess> {
    const port = { METRICS_PORT: String(figures[role]) };
    const running = await startProcess({ ...variables(), ROLE: role, ...port }, { readyPath, secrets: {} });
    started.push(running);
    return running;
  }

  beforeAll(async () => {
    server = await SystemPostgres.start();
    folder = await mkdtemp(join(tmpdir(), 'mycoach-walk-'));
    await chmod(folder, 0o755);
    for (const name of ['dist', 'docker', 'ops', 'seeds', 'i18n', 'package.json', 'node_modules'])
      await symlink(join(ROOT, name), join(folder, name));
    said = shell(`${blocks('secrets')}\n${blocks('bare')}`);
    figures = { api: await freePort(), worker: await freePort() };
    processes = { api: await start('api', '/readyz'), worker: await start('worker', null) };
  }, 120_000);
  afterAll(async () => {
    for (const running of started) await running.kill();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async <T>(sql: string): Promise<T[]> => {
    const client = new Client(server.address.replace(/\/postgres$/, '/mycoach'));
    await client.connect();
    try {
      return (await client.query(sql)).rows as T[];
    } finally {
      await client.end();
    }
  };

  it('migrates, makes an admin and a backup, and changes no secret that is there', async () => {
    expect(said).toMatch(/^migrated: Foundation/m);
    expect(said).toContain(`Created the admin ${ADMIN.email}.`);
    expect(await readdir(join(folder, '.data', 'backups'))).toEqual([
      expect.stringMatching(/^mycoach-\d{8}T\d{6}Z$/) as string,
    ]);
    const secrets = join(folder, '.data', 'secrets');
    const texts = async (): Promise<string[]> =>
      Promise.all((await readdir(secrets)).map((name) => readFile(join(secrets, name), 'utf8')));
    const before = await texts();
    shell(`rm .data/secrets/database_password\n${blocks('secrets')}`);
    const after = await texts();
    expect(after.length).toBe(before.length);
    expect(after.filter((secret) => !before.includes(secret))).toHaveLength(1);
  });

  it('leads to two processes under the role that has rows only, with their figures', async () => {
    for (const port of Object.values(figures)) {
      const scraped = await eventually(
        () =>
          fetch(`http://127.0.0.1:${port}/metrics`).then(
            (answer) => answer.text(),
            () => '',
          ),
        (text) => text !== '',
        // The worker was not waited for.
        { withinMs: 60_000 },
      );
      expect(scraped).toMatch(/^mycoach_process_start_time_seconds \d/m);
      expect(scraped).toMatch(/^mycoach_database_connections\{state="in_use"\} \d/m);
    }
    const outside = await processes.api.request('/metrics');
    expect(outside.status).toBeGreaterThanOrEqual(400);
    const sessions = await eventually(
      () => ask<{ role: string; name: string }>(SESSIONS),
      (rows) => rows.some(({ name }) => name === 'mycoach-jobs'),
    );
    expect(new Set(sessions.map(({ role }) => role))).toEqual(new Set(['mycoach_app']));
  }, 70_000);

  it('shows lines of the log as they are', async () => {
    const headers = { 'content-type': 'application/json' };
    const login = await processes.api.request('/auth/login', { method: 'POST', headers, body: JSON.stringify(ADMIN) });
    const { api_key: key } = (await login.json()) as { api_key: string };
    await processes.api.request('/bookings/3f6f2f0e-7a3c-4f0e-9d3c-2b1a0f9e8d7c', { headers: { 'x-api-key': key } });
    const line = await eventually(
      () => processes.api.lines().find(({ route }) => route === '/bookings/:id'),
      (found) => found !== undefined,
    );
    const [shown = {}, failed = {}] = blocks('log')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as LogLine);
    expect(Object.keys(shown)).toEqual(Object.keys(line ?? {}));
    expect({ ...line, ...changing(shown) }).toEqual(shown);
    const explained = [...RUNBOOK.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| /gm)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    );
    for (const fields of [shown, failed])
      expect(Object.keys(fields).filter((name) => !explained.includes(name))).toEqual([]);
  });

  it('ends both in order, and restores what was backed up', async () => {
    expect(await Promise.all([processes.api.stop(), processes.worker.stop()])).toEqual([0, 0]);
    await ask(`UPDATE users SET first_name = 'Lost'`);
    const output = shell(`${resumed}\n${blocks('bare-restore')}`);
    expect(output).toContain('nothing to migrate');
    expect(output).toContain('Erased again: 0. Nothing to do for: 0.');
    expect(await ask('SELECT email, first_name <> $$Lost$$ AS back FROM users')).toEqual([
      { email: ADMIN.email, back: true },
    ]);
    const again = await start('api', '/readyz');
    expect(await again.stop()).toBe(0);
  }, 120_000);
});

const SESSIONS = `SELECT usename AS role, application_name AS name FROM pg_stat_activity
  WHERE datname = 'mycoach' AND application_name LIKE 'mycoach%'`;

/** What is another in every line. */
function changing({ time, requestId, userId, durationMs }: LogLine): LogLine {
  return { time, requestId, userId, durationMs };
}
