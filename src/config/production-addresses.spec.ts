import { randomBytes } from 'node:crypto';
import { readEnvironment } from './environment';
import { EnvironmentInvalid } from './environment-faults';

const secret = (): string => randomBytes(32).toString('base64url');
const ring = (): string => `k1:${randomBytes(32).toString('base64')}`;

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db.internal/mycoach',
  API_KEY_PEPPER: secret(),
  SIGNING_SECRET: secret(),
  FIELD_ENCRYPTION_KEYS: ring(),
  TOKEN_ENCRYPTION_KEYS: ring(),
  APP_BASE_URL: 'https://api.mycoach.example',
  FRONTEND_URL: 'https://app.mycoach.example',
  SMTP_URL: 'smtp://mail.internal',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: secret(),
  TWILIO_FROM_NUMBER: '+33612345678',
  VIDEO_PROVIDER_KEY: secret(),
};

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    readEnvironment({ ...PRODUCTION, ...variables }, () => '');
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentInvalid)) throw error;
    return error.faults;
  }
}

describe('the address of a provider to whom a secret goes with each request', () => {
  const addresses = (base: string): Record<string, string> => ({ TWILIO_BASE_URL: base, VIDEO_PROVIDER_URL: base });

  it.each(['https://provider.example', 'http://127.0.0.1:8080', 'http://localhost/v1', 'http://[::1]:9'])(
    'may be %s in production',
    (base) => {
      expect(faultsOf(addresses(base))).toEqual([]);
    },
  );

  it.each(['http://provider.example', 'http://localhost.example', 'http://127.0.0.1.example:80'])(
    'may not be %s in production',
    (base) => {
      expect(faultsOf(addresses(base))).toEqual([
        'TWILIO_BASE_URL must be https in production',
        'VIDEO_PROVIDER_URL must be https in production',
      ]);
    },
  );
});
