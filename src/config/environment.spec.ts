import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readEnvironment } from './environment';
import { FILE_NAMES } from './environment-names';
import { EnvironmentInvalid } from './environment-faults';
import { TEST_SECRETS } from './secrets';

type Variables = Record<string, string | undefined>;

const secret = (): string => randomBytes(32).toString('base64url');
const fieldKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const noFile = (): string => {
  throw new Error('no such file');
};

const pem = (type: 'rsa' | 'ed25519'): string => {
  const { privateKey } =
    type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2_048 }) : generateKeyPairSync(type);
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
};
const ACCOUNT = { project_id: 'mycoach', client_email: 'pushes@mycoach.example', private_key: pem('rsa') };

const PRODUCTION: Variables = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/mycoach',
  API_KEY_PEPPER: secret(),
  SIGNING_SECRET: secret(),
  FIELD_ENCRYPTION_KEYS: fieldKey('k1'),
  TOKEN_ENCRYPTION_KEYS: fieldKey('k1'),
  APP_BASE_URL: 'https://api.mycoach.example',
  FRONTEND_URL: 'https://app.mycoach.example',
  SMTP_URL: 'smtp://mail.example:587',
};

function faultsOf(source: Variables, readFile: (path: string) => string = noFile): string[] {
  try {
    readEnvironment(source, readFile);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return [...error.faults];
    throw error;
  }
}

describe('the environment', () => {
  it('needs nothing in development', () => {
    expect(readEnvironment({}, noFile)).toMatchObject({ NODE_ENV: 'development', PORT: 3000, ROLE: 'all' });
  });

  it('reads an empty variable as one that nobody set', () => {
    const environment = readEnvironment({ PORT: '', ROLE: '  ', API_KEY_TTL_DAYS: '', REDIS_URL: '' }, noFile);
    expect(environment).toMatchObject({ PORT: 3000, ROLE: 'all' });
    expect([environment.API_KEY_TTL_DAYS, environment.REDIS_URL]).toEqual([undefined, undefined]);
    expect(faultsOf({ ...PRODUCTION, SMTP_URL: '' })).toEqual(['SMTP_URL is required in production']);
  });

  it('names every fault at once, and repeats no value', () => {
    const wrong: Variables = {
      PORT: 'eighty',
      ROLE: 'everything',
      TRUST_PROXY_HOPS: '11',
      DATABASE_URL: 'mysql://root:hunter2@db.example/mycoach',
      API_KEY_PEPPER: 'too-short-a-pepper',
      FIELD_ENCRYPTION_KEYS: 'k1:dG9vIHNob3J0',
      API_KEY_TTL_DAYS: '3651',
      DOCS_ENABLED: 'perhaps',
    };
    const faults = faultsOf(wrong);
    for (const [name, value] of Object.entries(wrong)) {
      expect(faults.filter((fault) => fault.includes(name))).not.toEqual([]);
      expect(faults.join()).not.toContain(value);
    }
  });

  it('lets keys live ten years at most', () => {
    expect(faultsOf({ API_KEY_TTL_DAYS: '3650' })).toEqual([]);
    expect(faultsOf({ API_KEY_TTL_DAYS: '3651' })).toHaveLength(1);
    expect(faultsOf({ API_KEY_TTL_DAYS: '0' })).toHaveLength(1);
  });

  it('gives no two keys one id, wherever the process runs', () => {
    const ring = `${fieldKey('k1')},${fieldKey('k1')}`;
    expect(faultsOf({ FIELD_ENCRYPTION_KEYS: ring })).toEqual(['FIELD_ENCRYPTION_KEYS gives one id to two keys']);
    expect(faultsOf({ TOKEN_ENCRYPTION_KEYS: ring })).toEqual(['TOKEN_ENCRYPTION_KEYS gives one id to two keys']);
    expect(faultsOf({ FIELD_ENCRYPTION_KEYS: `${fieldKey('k1')},${fieldKey('k2')}` })).toEqual([]);
  });

  it('takes a store of pictures whole or not at all', () => {
    const store = { S3_BUCKET: 'pictures', S3_ACCESS_KEY_ID: 'AKID', S3_SECRET_ACCESS_KEY: secret() };
    expect(faultsOf(store)).toEqual([]);
    expect(faultsOf({ ...store, S3_ENDPOINT: 'http://minio:9000', S3_FORCE_PATH_STYLE: 'false' })).toEqual([]);
    for (const name of Object.keys(store))
      expect(faultsOf({ ...store, [name]: '' })).toEqual([`${name} is required for a store of pictures`]);
    expect(faultsOf({ S3_ENDPOINT: 'http://minio:9000' })).toHaveLength(3);
    expect(faultsOf({ ...store, S3_BUCKET: '../photos' })).toHaveLength(1);
  });

  it('takes a provider of videos whole or not at all', () => {
    const provider = { VIDEO_PROVIDER_URL: 'https://videos.example/v1', VIDEO_PROVIDER_KEY: secret() };
    const webhook = `whsec_${randomBytes(32).toString('base64')}`;
    expect(faultsOf(provider)).toEqual([]);
    expect(faultsOf({ ...provider, VIDEO_WEBHOOK_SECRET: `${webhook},${webhook}` })).toEqual([]);
    expect(faultsOf({ ...provider, VIDEO_PROVIDER_FILE_ORIGINS: 'https://a.example,https://b.example:8443' })).toEqual(
      [],
    );
    for (const name of Object.keys(provider))
      expect(faultsOf({ ...provider, [name]: '' })).toEqual([`${name} is required to have videos made`]);
    expect(faultsOf({ VIDEO_WEBHOOK_SECRET: webhook })).toHaveLength(2);
    expect(faultsOf({ ...provider, VIDEO_WEBHOOK_SECRET: `whsec_${'a'.repeat(31)}` })).toHaveLength(1);
    for (const origins of ['videos.example', 'https://videos.example/', 'file://videos', 'https://me@videos.example'])
      expect(faultsOf({ ...provider, VIDEO_PROVIDER_FILE_ORIGINS: origins })).toHaveLength(1);
  });

  it('takes a service account that pushes can leave from, and repeats nothing of one that is none', () => {
    const faults = (account: unknown): string[] => faultsOf({ FIREBASE_SERVICE_ACCOUNT: JSON.stringify(account) });
    expect(faults(ACCOUNT)).toEqual([]);
    for (const name of Object.keys(ACCOUNT))
      expect(faults({ ...ACCOUNT, [name]: ' ' })).toEqual([`FIREBASE_SERVICE_ACCOUNT has no ${name}`]);
    for (const private_key of ['-----BEGIN PRIVATE KEY-----\nMIIE', pem('ed25519')])
      expect(faults({ ...ACCOUNT, private_key })).toEqual([
        'FIREBASE_SERVICE_ACCOUNT has a private_key that is not one of RSA',
      ]);
    for (const text of ['/run/secrets/firebase.json', '{"project_id":', '"text"', 'null', '7'])
      expect(faultsOf({ FIREBASE_SERVICE_ACCOUNT: text })).toEqual([
        'FIREBASE_SERVICE_ACCOUNT must be the JSON of a service account',
      ]);
  });

  describe('from files', () => {
    const VALUES: Variables = {
      ...PRODUCTION,
      DATABASE_DIRECT_URL: 'postgres://db.example/mycoach',
      DATABASE_REPLICA_URL: 'postgres://replica.example/mycoach',
      REDIS_URL: 'redis://localhost',
      FIREBASE_SERVICE_ACCOUNT: JSON.stringify(ACCOUNT),
      VIDEO_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 3).toString('base64')}`,
    };
    /** What some of them make no sense without. */
    const COMPANY: Record<string, Variables> = {
      DATABASE_DIRECT_URL: { DATABASE_URL: 'postgres://pooler.example/mycoach' },
      DATABASE_REPLICA_URL: { DATABASE_URL: 'postgres://db.example/mycoach' },
      S3_SECRET_ACCESS_KEY: { S3_BUCKET: 'pictures', S3_ACCESS_KEY_ID: 'AKID' },
      VIDEO_PROVIDER_KEY: { VIDEO_PROVIDER_URL: 'https://videos.example' },
      VIDEO_WEBHOOK_SECRET: {
        VIDEO_PROVIDER_URL: 'https://videos.example',
        VIDEO_PROVIDER_KEY: 'a-key-of-sixteen-or-more',
      },
      STRAVA_CLIENT_SECRET: { STRAVA_CLIENT_ID: '4711' },
      STRAVA_VERIFY_TOKEN: { STRAVA_CLIENT_ID: '4711', STRAVA_CLIENT_SECRET: 'a-secret-of-sixteen' },
      GOOGLE_CALENDAR_CLIENT_SECRET: { GOOGLE_CALENDAR_CLIENT_ID: 'calendar' },
      WITHINGS_CLIENT_SECRET: { WITHINGS_CLIENT_ID: 'scale' },
      WITHINGS_WEBHOOK_SECRET: { WITHINGS_CLIENT_ID: 'scale', WITHINGS_CLIENT_SECRET: 'a-secret-of-sixteen' },
      TWILIO_AUTH_TOKEN: { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_FROM_NUMBER: '+33612345678' },
    };

    it.each(FILE_NAMES)('holds what the file of %s_FILE says, without its line end', (name) => {
      const value = VALUES[name] ?? 'a-token-of-sixteen';
      const read = (path: string): string => (path === '/run/secrets/it' ? `${value}\n` : noFile());
      const environment = readEnvironment({ ...COMPANY[name], [`${name}_FILE`]: '/run/secrets/it' }, read);
      expect(environment).toMatchObject({ [name]: value });
    });

    it('refuses a variable that is given twice', () => {
      const faults = faultsOf({ API_KEY_PEPPER: secret(), API_KEY_PEPPER_FILE: '/run/secrets/it' }, secret);
      expect(faults).toEqual(['API_KEY_PEPPER and API_KEY_PEPPER_FILE are both set: keep one']);
      expect(faultsOf({ API_KEY_PEPPER: '', API_KEY_PEPPER_FILE: '/run/secrets/it' }, secret)).toEqual([]);
    });

    it('refuses a file that is empty or cannot be read, without a word of where it is', () => {
      const source = { API_KEY_PEPPER_FILE: '/run/secrets/it' };
      expect(faultsOf(source, () => ' \n')).toEqual(['API_KEY_PEPPER_FILE names an empty file']);
      expect(faultsOf(source)).toEqual(['API_KEY_PEPPER_FILE names a file that cannot be read']);
    });
  });

  describe('of production', () => {
    it('is accepted when it is as it should be', () => {
      expect(faultsOf(PRODUCTION)).toEqual([]);
      expect(faultsOf({ ...PRODUCTION, FIELD_ENCRYPTION_KEYS: `${fieldKey('k1')},${fieldKey('k2')}` })).toEqual([]);
      expect(faultsOf({ ...PRODUCTION, GOOGLE_CERTS_URL: 'https://certs.example' })).toEqual([]);
    });

    it('names all that is missing', () => {
      const { NODE_ENV, ...needed } = PRODUCTION;
      expect(faultsOf({ NODE_ENV })).toEqual(Object.keys(needed).map((name) => `${name} is required in production`));
    });

    it.each<[string, Variables, string[]]>([
      [
        'secrets that stand in the sources',
        { API_KEY_PEPPER: TEST_SECRETS.apiKeyPepper, SIGNING_SECRET: TEST_SECRETS.signingSecret },
        ['API_KEY_PEPPER is too weak for production', 'SIGNING_SECRET is too weak for production'],
      ],
      [
        'one of them in the place of another',
        { SIGNING_SECRET: TEST_SECRETS.apiKeyPepper },
        ['SIGNING_SECRET is too weak for production'],
      ],
      [
        'the field key that stands in the sources',
        { FIELD_ENCRYPTION_KEYS: TEST_SECRETS.fieldEncryptionKeys },
        ['FIELD_ENCRYPTION_KEYS holds a key that is too weak for production'],
      ],
      [
        'a field key that somebody typed, be it an old one',
        {
          FIELD_ENCRYPTION_KEYS: `${fieldKey('k2')},k1:${Buffer.from('0123456789abcde'.repeat(3).slice(0, 32)).toString('base64')}`,
        },
        ['FIELD_ENCRYPTION_KEYS holds a key that is too weak for production'],
      ],
      [
        'addresses without https',
        {
          APP_BASE_URL: 'http://api.mycoach.example',
          FRONTEND_URL: 'http://app.mycoach.example',
          GOOGLE_CERTS_URL: 'http://certs.example',
          STRAVA_CLIENT_ID: '4711',
          STRAVA_CLIENT_SECRET: 'a-secret-of-sixteen',
          STRAVA_BASE_URL: 'http://strava.example',
        },
        [
          'APP_BASE_URL must be https in production',
          'FRONTEND_URL must be https in production',
          'GOOGLE_CERTS_URL must be https in production',
          'STRAVA_BASE_URL must be https in production',
        ],
      ],
      ['limits of a load test', { RATE_LIMIT_FACTOR: '10' }, ['RATE_LIMIT_FACTOR is refused in production']],
    ])('refuses %s', (_, wrong, faults) => {
      expect(faultsOf({ ...PRODUCTION, ...wrong })).toEqual(faults);
    });

    it('takes several of a secret while it is rotated, each of them a strong one', () => {
      const ring = `${secret()},${secret()}`;
      expect(faultsOf({ ...PRODUCTION, API_KEY_PEPPER: ring, METRICS_TOKEN: ring })).toEqual([]);
      expect(faultsOf({ ...PRODUCTION, API_KEY_PEPPER: `${secret()},${'a'.repeat(40)}` })).toEqual([
        'API_KEY_PEPPER is too weak for production',
      ]);
      for (const half of [`${secret()},`, `,${secret()}`, `${secret()},short`])
        expect(faultsOf({ SIGNING_SECRET: half })).toEqual([
          'SIGNING_SECRET must have at least 32 characters, several separated by commas',
        ]);
      const shared = secret();
      expect(
        faultsOf({ ...PRODUCTION, API_KEY_PEPPER: `${secret()},${shared}`, SIGNING_SECRET: `${shared},${secret()}` }),
      ).toEqual(['API_KEY_PEPPER and SIGNING_SECRET must differ']);
    });

    it('refuses one secret for two purposes', () => {
      const shared = secret();
      const key = fieldKey('k1');
      expect(
        faultsOf({ ...PRODUCTION, FIELD_ENCRYPTION_KEYS: `${fieldKey('k2')},${key}`, TOKEN_ENCRYPTION_KEYS: key }),
      ).toEqual(['FIELD_ENCRYPTION_KEYS and TOKEN_ENCRYPTION_KEYS must have no key in common']);
      expect(faultsOf({ ...PRODUCTION, API_KEY_PEPPER: shared, SIGNING_SECRET: shared })).toEqual([
        'API_KEY_PEPPER and SIGNING_SECRET must differ',
      ]);
    });
  });
});
