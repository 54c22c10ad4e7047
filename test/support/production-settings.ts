import { randomBytes } from 'node:crypto';

const secret = (): string => randomBytes(32).toString('base64url');

/** Of every process that a test starts, so that a key made here opens each of them. */
export const SECRETS = {
  API_KEY_PEPPER: secret(),
  SIGNING_SECRET: secret(),
  FIELD_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
};

/** What an operator has to set. */
export const PRODUCTION: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  ...SECRETS,
  APP_BASE_URL: 'https://api.mycoach.example',
  FRONTEND_URL: 'https://app.mycoach.example',
  SMTP_URL: 'smtp://127.0.0.1:9',
};

/** A process of production within the test: without the ease of other tests with limits, and without a log. */
export const QUIET_PRODUCTION: Readonly<Record<string, string>> = {
  ...PRODUCTION,
  RATE_LIMIT_FACTOR: '1',
  LOG_LEVEL: 'silent',
};
