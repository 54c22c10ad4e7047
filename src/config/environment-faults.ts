import { createPrivateKey } from 'node:crypto';
import { isWeakRing, isWeakSecret, secretsIn, shareAKey } from './secret-strength';

/** Names every wrong variable at once, so that an operator mends them in one go. */
export class EnvironmentInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(['The environment is not valid:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'EnvironmentInvalid';
  }
}

const NEEDED_IN_PRODUCTION = [
  'DATABASE_URL',
  'API_KEY_PEPPER',
  'SIGNING_SECRET',
  'FIELD_ENCRYPTION_KEYS',
  'TOKEN_ENCRYPTION_KEYS',
  'APP_BASE_URL',
  'FRONTEND_URL',
  'SMTP_URL',
] as const;

/** Secrets and tokens travel to each of them. */
const HTTPS_IN_PRODUCTION = [
  'APP_BASE_URL',
  'FRONTEND_URL',
  'GOOGLE_CERTS_URL',
  'STRAVA_BASE_URL',
  'GOOGLE_CALENDAR_BASE_URL',
  'WITHINGS_BASE_URL',
] as const;

/** The same, but somebody of one's own on this machine may stand between. */
const HTTPS_OR_LOOPBACK_IN_PRODUCTION = ['TWILIO_BASE_URL', 'VIDEO_PROVIDER_URL'] as const;
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/i;

const S3_TOGETHER = ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

const TWILIO_TOGETHER = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM_NUMBER'] as const;

const VIDEO_TOGETHER = ['VIDEO_PROVIDER_URL', 'VIDEO_PROVIDER_KEY'] as const;

/** The variables that are judged together with others, or in production only. */
interface Judged extends Partial<
  Record<
    | (typeof NEEDED_IN_PRODUCTION)[number]
    | (typeof S3_TOGETHER)[number]
    | (typeof TWILIO_TOGETHER)[number]
    | (typeof VIDEO_TOGETHER)[number]
    | (typeof HTTPS_IN_PRODUCTION)[number],
    string
  >
> {
  TWILIO_BASE_URL?: string;
  VIDEO_PROVIDER_FILE_ORIGINS?: string;
  VIDEO_WEBHOOK_SECRET?: string;
  S3_ENDPOINT?: string;
  RATE_LIMIT_FACTOR: number;
}

/** Secrets of which several may be given while one replaces another, and how long each of them is at least. */
const SECRETS = { METRICS_TOKEN: 16, API_KEY_PEPPER: 32, SIGNING_SECRET: 32, TWILIO_AUTH_TOKEN: 16 } as const;

/** One that is too short, be it the last that is only recognised, is as bad as none. */
export function secretFaults(environment: Partial<Record<keyof typeof SECRETS, string>>): string[] {
  return Object.entries(SECRETS)
    .filter(([name, least]) =>
      secretsIn(environment[name as keyof typeof SECRETS]).some((secret) => secret.length < least),
    )
    .map(([name, least]) => `${name} must have at least ${String(least)} characters, several separated by commas`);
}

/** Half a store is none: pictures would silently lie in a folder that one process alone can see. */
export function storeFaults(environment: Judged): string[] {
  const missing = S3_TOGETHER.filter((name) => !environment[name]);
  const isMeant = environment.S3_ENDPOINT !== undefined || missing.length < S3_TOGETHER.length;
  return isMeant ? missing.map((name) => `${name} is required for a store of pictures`) : [];
}

/** Half an account at Twilio is none: every SMS would fail, one by one. */
export function smsFaults(environment: Judged): string[] {
  const missing = TWILIO_TOGETHER.filter((name) => !environment[name]);
  const isMeant = environment.TWILIO_BASE_URL !== undefined || missing.length < TWILIO_TOGETHER.length;
  return isMeant ? missing.map((name) => `${name} is required to send SMS`) : [];
}

/** Half a provider of videos is none: every video would be asked for in vain. */
export function videoFaults(environment: Judged): string[] {
  const missing = VIDEO_TOGETHER.filter((name) => !environment[name]);
  const { VIDEO_PROVIDER_FILE_ORIGINS: origins, VIDEO_WEBHOOK_SECRET: secret } = environment;
  const isMeant = origins !== undefined || secret !== undefined || missing.length < VIDEO_TOGETHER.length;
  return isMeant ? missing.map((name) => `${name} is required to have videos made`) : [];
}

/** What a service account must have, or no push would ever leave. Nothing of it is repeated. */
export function pushFaults({ FIREBASE_SERVICE_ACCOUNT: text }: { FIREBASE_SERVICE_ACCOUNT?: string }): string[] {
  if (text === undefined) return [];
  const account = accountIn(text);
  if (!account) return ['FIREBASE_SERVICE_ACCOUNT must be the JSON of a service account'];
  const missing = ['project_id', 'client_email', 'private_key'].filter((name) => !isText(account[name]));
  if (missing.length > 0) return missing.map((name) => `FIREBASE_SERVICE_ACCOUNT has no ${name}`);
  return isPrivateKey(String(account['private_key']))
    ? []
    : ['FIREBASE_SERVICE_ACCOUNT has a private_key that is not one of RSA'];
}

function accountIn(text: string): Record<string, unknown> | null {
  try {
    const account: unknown = JSON.parse(text);
    return typeof account === 'object' && account !== null ? (account as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** What production cannot do without, and what it must not have. */
export function productionFaults(environment: Judged): string[] {
  const faults: string[] = NEEDED_IN_PRODUCTION.filter((name) => !environment[name]).map(
    (name) => `${name} is required in production`,
  );
  for (const name of ['API_KEY_PEPPER', 'SIGNING_SECRET'] as const) {
    const value = environment[name];
    if (value && isWeakSecret(value)) faults.push(`${name} is too weak for production`);
  }
  for (const name of ['FIELD_ENCRYPTION_KEYS', 'TOKEN_ENCRYPTION_KEYS'] as const)
    if (isWeakRing(environment[name])) faults.push(`${name} holds a key that is too weak for production`);
  if (shareAKey(environment.FIELD_ENCRYPTION_KEYS, environment.TOKEN_ENCRYPTION_KEYS))
    faults.push('FIELD_ENCRYPTION_KEYS and TOKEN_ENCRYPTION_KEYS must have no key in common');
  const peppers = new Set(secretsIn(environment.API_KEY_PEPPER));
  if (secretsIn(environment.SIGNING_SECRET).some((secret) => peppers.has(secret)))
    faults.push('API_KEY_PEPPER and SIGNING_SECRET must differ');
  if (environment.RATE_LIMIT_FACTOR !== 1) faults.push('RATE_LIMIT_FACTOR is refused in production');
  for (const name of HTTPS_IN_PRODUCTION)
    if (environment[name] && !/^https:/i.test(environment[name])) faults.push(`${name} must be https in production`);
  for (const name of HTTPS_OR_LOOPBACK_IN_PRODUCTION)
    if (environment[name] && !/^https:/i.test(environment[name]) && !LOOPBACK.test(environment[name]))
      faults.push(`${name} must be https in production`);
  return faults;
}
