import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { type BuiltProcess, refusal, startBuilt } from './built-process';

const NEEDED = [
  'DATABASE_URL',
  'API_KEY_PEPPER',
  'SIGNING_SECRET',
  'FIELD_ENCRYPTION_KEYS',
  'TOKEN_ENCRYPTION_KEYS',
  'APP_BASE_URL',
  'FRONTEND_URL',
  'SMTP_URL',
];

const secret = (): string => randomBytes(32).toString('base64url');

/** What an operator would set. */
function goodSettings(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    API_KEY_PEPPER: secret(),
    SIGNING_SECRET: secret(),
    FIELD_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    APP_BASE_URL: 'https://api.mycoach.example',
    FRONTEND_URL: 'https://app.mycoach.example',
    SMTP_URL: 'smtp://127.0.0.1:2525',
  };
}

const sandboxFiles = (files: string[]): string[] => files.filter((file) => /[\\/]modules[\\/]sandbox[\\/]/.test(file));

async function detailOf(answer: Response): Promise<[status: number, detail: unknown]> {
  return [answer.status, ((await answer.json()) as { detail?: unknown }).detail];
}

describe('a process of production (trust 63)', () => {
  it('refuses to start without its settings, and names all that are missing at once', async () => {
    const { code, stderr } = await refusal({ NODE_ENV: 'production' });
    expect(code).not.toBe(0);
    for (const name of NEEDED) expect(stderr).toContain(`${name} is required in production`);
  });

  it.each<[string, Record<string, string>]>([
    [
      'secrets, an address without https and a test’s factor',
      {
        API_KEY_PEPPER: 'a'.repeat(48),
        SIGNING_SECRET: 'changeme-changeme-changeme-changeme-42',
        FIELD_ENCRYPTION_KEYS: 'k1:dG9vIHNob3J0',
        APP_BASE_URL: 'http://api.mycoach.example',
        RATE_LIMIT_FACTOR: '1234',
        DATABASE_URL: 'mysql://root:hunter2@db.example/mycoach',
      },
    ],
    [
      'lengths, protocols and numbers',
      {
        API_KEY_PEPPER: 'short',
        SIGNING_SECRET: 'my-secret-0123456789-abcdefghijklmnop',
        SMTP_URL: 'http://mail.example:25',
        FRONTEND_URL: 'somewhere-else',
        PORT: 'eighty',
      },
    ],
  ])('refuses weak or wrong %s, names all at once, and repeats no value', async (_, wrong) => {
    const { code, stdout, stderr } = await refusal({ ...goodSettings('postgres://localhost:1/mycoach'), ...wrong });
    expect(code).not.toBe(0);
    for (const [name, value] of Object.entries(wrong)) {
      expect(stderr).toContain(name);
      expect(`${stdout}${stderr}`).not.toContain(value);
    }
  });

  it('refuses a secret that two variables share', async () => {
    const shared = secret();
    const settings = {
      ...goodSettings('postgres://localhost:1/mycoach'),
      API_KEY_PEPPER: shared,
      SIGNING_SECRET: shared,
    };
    const { code, stderr } = await refusal(settings);
    expect(code).not.toBe(0);
    expect(stderr).toContain('must differ');
    expect(stderr).not.toContain(shared);
  });
});

describe('a process of production with good settings', () => {
  let testDatabase: TestDatabase;
  let folder: string;
  let app: BuiltProcess;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'mycoach-secrets-'));
    // One of the secrets comes as Docker hands it over.
    const { SIGNING_SECRET: signingSecret = '', ...settings } = goodSettings(testDatabase.url);
    const path = join(folder, 'signing_secret');
    await writeFile(path, `${signingSecret}\n`);
    app = await startBuilt({ ...settings, SIGNING_SECRET_FILE: path });
  }, 60_000);

  afterAll(async () => {
    await app.stop();
    await testDatabase.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts and is well', async () => {
    expect((await app.get('/health')).status).toBe(200);
    expect((await app.get('/readyz')).status).toBe(200);
  });

  it('insists on https', async () => {
    expect((await app.get('/health')).headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
  });

  it.each([
    ['GET', '/sandbox/messages'],
    ['DELETE', '/sandbox/messages'],
    ['GET', '/sandbox/clock'],
    ['PUT', '/sandbox/clock'],
    ['POST', '/sandbox/clock/advance'],
    ['POST', '/sandbox/jobs/expire_packages/run'],
    ['GET', '/docs'],
    ['GET', '/docs-json'],
    ['GET', '/docs-yaml'],
  ])('knows nothing at %s %s', async (method, path) => {
    expect(await detailOf(await app.get(path, { method }))).toEqual([404, 'not_found']);
  });

  it('has not even loaded the code of the sandbox', async () => {
    const files = await app.files();
    expect(files.filter((file) => file.endsWith('app.module.js'))).toHaveLength(1);
    expect(sandboxFiles(files)).toEqual([]);
  });
});

describe('a process of development', () => {
  it('has the sandbox, so that the checks above see something', async () => {
    const testDatabase = await createTestDatabase();
    const app = await startBuilt({ NODE_ENV: 'test', DATABASE_URL: testDatabase.url });
    try {
      expect((await app.get('/sandbox/messages')).status).toBe(200);
      expect(sandboxFiles(await app.files())).not.toEqual([]);
    } finally {
      expect(await app.stop()).toBe(0);
      await testDatabase.drop();
    }
  }, 60_000);
});
