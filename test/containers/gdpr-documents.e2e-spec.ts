import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PersonalDataParts } from 'src/common/personal-data/personal-data';
import { ENVIRONMENT_NAMES } from 'src/config/environment-names';
import { controllersOf, routesOf } from 'test/architecture/routes';
import { filesUnder, ROOT } from 'test/architecture/sources';
import { eventually } from 'test/auth/links';
import { startTestApp, type TestApp } from 'test/support/test-app';

const REGISTER = readFileSync(join(ROOT, 'docs', 'RGPD_REGISTRE.md'), 'utf8');
const PROCEDURE = readFileSync(join(ROOT, 'docs', 'RGPD_BREACH.md'), 'utf8');

/** What the first capture of a pattern finds, once each, in order. */
function found(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, match = '']) => match))].sort();
}

/** Variables that name somebody outside who is handed something, by how they begin. */
const OUTSIDE: Readonly<Record<string, string>> = {
  DATABASE_URL: 'Hébergement et PostgreSQL',
  DATABASE_DIRECT_URL: 'Hébergement et PostgreSQL',
  DATABASE_REPLICA_URL: 'Hébergement et PostgreSQL',
  REDIS_URL: 'Redis',
  SMTP_URL: 'Serveur de messagerie',
  TWILIO_: 'Twilio',
  FIREBASE_: 'Google (Firebase Cloud Messaging)',
  GOOGLE_CLIENT_ID: 'Google (connexion)',
  GOOGLE_CERTS_URL: 'Google (connexion)',
  GOOGLE_CALENDAR_: 'Google (Calendar)',
  STRAVA_: 'Strava',
  WITHINGS_: 'Withings',
  S3_: 'Stockage de fichiers',
  VIDEO_: 'Fournisseur de vidéos',
};

/** Variables that stay between the process and its operator. */
const INSIDE = new Set(
  (
    'DATABASE_PREPARED_STATEMENTS DATABASE_REPLICA_MAX_LAG_SECONDS ' +
    'NODE_ENV PORT ROLE DATA_DIR DATABASE_POOL_SIZE APP_BASE_URL FRONTEND_URL TRUST_PROXY_HOPS LOG_LEVEL DOCS_ENABLED ' +
    'METRICS_TOKEN METRICS_PORT API_KEY_PEPPER API_KEY_TTL_DAYS REQUIRE_COACH_PHONE SIGNING_SECRET ' +
    'FIELD_ENCRYPTION_KEYS TOKEN_ENCRYPTION_KEYS MAIL_FROM SMS_APP_HASH RATE_LIMIT_FACTOR'
  ).split(' '),
);

function recipientOf(name: string): string | undefined {
  return Object.entries(OUTSIDE).find(([start]) => name.startsWith(start))?.[1];
}

/** Hosts that stand in the code and are nobody's. */
const NOBODY = /(^|\.)(example|example\.com|exemple\.fr|localhost|me|host|secret)$/;

/** The hosts that the code names. */
function hostsInCode(): string[] {
  // What documents the routes gives examples of addresses, and speaks to nobody.
  const sources = filesUnder(join(ROOT, 'src'), /^(?!docs[/.]).*(?<!\.spec)\.ts$/).map((path) =>
    readFileSync(join(ROOT, 'src', path), 'utf8'),
  );
  return found(sources.join('\n'), /['`]https:\/\/([a-z0-9.-]+\.[a-z]+)(?=[/'`])/g).filter(
    (host) => !NOBODY.test(host),
  );
}

/** A number of days or hours that the register gives, and the line of the code that it repeats. */
const PERIODS: readonly [file: string, line: RegExp, told: string][] = [
  ['src/modules/gdpr/erasure/erasure.rules.ts', /GRACE_DAYS = (\d+);/, '$ jours après la demande'],
  ['src/modules/auth/tokens/token-retention.jobs.ts', /SIGN_INS_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/auth/tokens/token-retention.jobs.ts', /TOKENS_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/auth/phone/phone-code.jobs.ts', /CODES_KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/notification/inbox-retention.jobs.ts', /KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/messaging/sms/sms-retention.jobs.ts', /KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/system/dead-letters/dead-letter-retention.jobs.ts', /KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/common/webhooks/webhook-retention.jobs.ts', /KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/common/idempotency/idempotency.interceptor.ts', /KEPT_MS = (\d+) \* HOUR_MS/, '$ heures'],
  ['src/modules/gdpr/export/export.service.ts', /LINK_MS = (DAY_MS);/, '24 heures'],
  ['src/common/jobs/periodic-jobs.ts', /KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/integration/strava/strava-import.rules.ts', /KEPT_MS = (\d+) \* DAY_MS/, '$ jours'],
  ['src/modules/gdpr/consents/consent-retention.jobs.ts', /CONSENTS_KEPT_DAYS = ([\d_]+);/, '$ jours'],
  ['src/modules/system/audit-log/audit-log-retention.jobs.ts', /AUDIT_LOG_KEPT_DAYS = ([\d_]+);/, '$ jours'],
];

/** The rows of the table of retention that point to a file: the file, and what is said of it. */
function toldPeriods(register: string): [file: string, said: string][] {
  const [, chapter = ''] = register.split('\n## 4. Durées de conservation\n');
  return [...chapter.matchAll(/^\| .+? \| (.+?) \| `(src\/[\w./-]+)` \|$/gm)].map(([, said = '', file = '']) => [
    file,
    said,
  ]);
}

describe('the register of processing', () => {
  it('names everybody outside whom the configuration can name', () => {
    expect(ENVIRONMENT_NAMES.filter((name) => !INSIDE.has(name) && recipientOf(name) === undefined)).toEqual([]);
    for (const recipient of Object.values(OUTSIDE)) expect(REGISTER).toContain(`| ${recipient}`);
    expect(recipientOf('POLAR_CLIENT_ID')).toBeUndefined();
  });

  it('names every host that the code speaks to', () => {
    const hosts = hostsInCode();
    expect(hosts).toContain('oauth2.googleapis.com');
    expect(hosts.filter((host) => !REGISTER.includes(`\`${host}\``))).toEqual([]);
  });

  it.each(PERIODS)('keeps data as long as the code does: %s %s', (file, line, told) => {
    const [, number] = line.exec(readFileSync(join(ROOT, file), 'utf8')) ?? [];
    expect(number).toBeDefined();
    const expected = told.replace('$', (number ?? '').replaceAll('_', ''));
    const said = toldPeriods(REGISTER).flatMap(([path, text]) => (path === file ? [text] : []));
    expect(said.some((text) => text.includes(expected))).toBe(true);
  });

  it('points to no file whose period is not held to the code', () => {
    const held = new Set(PERIODS.map(([file]) => file));
    expect(toldPeriods(REGISTER).filter(([file]) => !held.has(file))).toEqual([]);
    expect(toldPeriods(REGISTER)).toHaveLength(PERIODS.length);
  });

  it('has a summary in English, like the procedure, and leaves the operator’s blanks visible', () => {
    for (const document of [REGISTER, PROCEDURE]) {
      expect(document).toMatch(/^# .+\n\n\*\*English summary\.\*\* .{300,}/);
      expect(document).toMatch(/\*\[[^\]]+\]\*/);
    }
  });
});

describe('what both documents say of the product', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('puts every table with personal data into one activity, and names no other', () => {
    const claimed = app.nest
      .get(PersonalDataParts)
      .all()
      .flatMap(({ tables }) => tables.map(({ table }) => table));
    const lines = [...REGISTER.matchAll(/^- \*\*Tables\*\* : (.+)$/gm)].map(([, line = '']) => line);
    const named = lines.flatMap((line) => found(line, /`([a-z_]+)`/g));
    expect(new Set(named).size).toBe(named.length);
    expect([...named].sort()).toEqual([...new Set(claimed)].sort());
  });

  it('names routes that exist', () => {
    const routes = new Set(
      routesOf(controllersOf(app.nest)).map(
        ({ verb, path }) => `${verb.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
      ),
    );
    const named = found(`${REGISTER}\n${PROCEDURE}`, /`((?:GET|POST|PUT|PATCH|DELETE) \/[\w/{}-]+)`/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((route) => !routes.has(route))).toEqual([]);
  });

  it('gives statements that the database understands, and of which the first shuts everybody out', async () => {
    const statements = [...PROCEDURE.matchAll(/```sql\n([\s\S]+?)```/g)].map(([, sql = '']) => sql);
    expect(statements).toHaveLength(8);
    const person = await app.register();
    for (const sql of statements.slice(2)) await app.database.query(sql);
    await person.http.get('/users/me').expect(200);
    const [revoke = '', forget = ''] = statements;
    await app.database.query(revoke);
    await app.database.query(forget);
    await eventually(async () => (await person.http.get('/users/me')).status === 401);
    const { rows } = await app.database.query('SELECT FROM account_tokens');
    expect(rows).toEqual([]);
  });
});
