import { plainToInstance, Transform } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { isAmbiguousRing, isWeakRing, isWeakSecret, KEY_RING } from './secret-strength';

const number = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
const flag = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

const DATABASE_PROTOCOLS = { protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false };
const WEB = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** The variables of the process as written, before any default that depends on the kind of environment. */
export class Environment {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @Transform(number)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  @IsIn(['api', 'worker', 'all'])
  ROLE: 'api' | 'worker' | 'all' = 'all';

  @IsString()
  @MinLength(1)
  DATA_DIR = '.data';

  @IsOptional()
  @IsUrl(DATABASE_PROTOCOLS)
  DATABASE_URL?: string;

  @Transform(number)
  @IsInt()
  @Min(1)
  @Max(200)
  DATABASE_POOL_SIZE = 10;

  @IsOptional()
  @IsUrl({ protocols: ['redis', 'rediss'], require_protocol: true, require_tld: false })
  REDIS_URL?: string;

  @IsOptional()
  @IsUrl(WEB)
  APP_BASE_URL?: string;

  @IsOptional()
  @IsUrl(WEB)
  FRONTEND_URL?: string;

  @Transform(number)
  @IsInt()
  @Min(0)
  @Max(10)
  TRUST_PROXY_HOPS = 0;

  @IsOptional()
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL?: string;

  @IsOptional()
  @Transform(flag)
  @IsIn([true, false])
  DOCS_ENABLED?: boolean;

  @IsOptional()
  @IsString()
  @MinLength(16)
  METRICS_TOKEN?: string;

  @IsOptional()
  @Transform(number)
  @IsInt()
  @Min(0)
  @Max(65535)
  METRICS_PORT?: number;

  @IsOptional()
  @IsString()
  @MinLength(32)
  API_KEY_PEPPER?: string;

  @IsOptional()
  @Transform(number)
  @IsInt()
  @Min(1)
  @Max(3_650)
  API_KEY_TTL_DAYS?: number;

  @Transform(flag)
  @IsIn([true, false])
  REQUIRE_COACH_PHONE = false;

  @IsOptional()
  @IsString()
  @MinLength(32)
  SIGNING_SECRET?: string;

  @IsOptional()
  @Matches(KEY_RING, { message: 'FIELD_ENCRYPTION_KEYS must be id:base64(32 bytes), several separated by commas' })
  FIELD_ENCRYPTION_KEYS?: string;

  @IsOptional()
  @IsString()
  GOOGLE_CLIENT_ID?: string;

  @IsOptional()
  @IsUrl(WEB)
  GOOGLE_CERTS_URL?: string;

  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false })
  SMTP_URL?: string;

  @IsEmail({ allow_display_name: true })
  MAIL_FROM = 'MyCoach <no-reply@mycoach.example>';

  @Transform(number)
  @Min(0.01)
  @Max(1_000_000)
  RATE_LIMIT_FACTOR = 1;
}

/** Every variable of the environment that the process reads. */
export const ENVIRONMENT_NAMES: readonly string[] = [
  'NODE_ENV',
  'PORT',
  'ROLE',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_POOL_SIZE',
  'REDIS_URL',
  'APP_BASE_URL',
  'FRONTEND_URL',
  'TRUST_PROXY_HOPS',
  'LOG_LEVEL',
  'DOCS_ENABLED',
  'METRICS_TOKEN',
  'METRICS_PORT',
  'API_KEY_PEPPER',
  'API_KEY_TTL_DAYS',
  'REQUIRE_COACH_PHONE',
  'SIGNING_SECRET',
  'FIELD_ENCRYPTION_KEYS',
  'GOOGLE_CLIENT_ID',
  'GOOGLE_CERTS_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'RATE_LIMIT_FACTOR',
];

/** The secrets, and what holds one: each may come from a file named by `<NAME>_FILE` (Docker secrets). */
export const FILE_NAMES: readonly string[] = [
  'DATABASE_URL',
  'REDIS_URL',
  'METRICS_TOKEN',
  'API_KEY_PEPPER',
  'SIGNING_SECRET',
  'FIELD_ENCRYPTION_KEYS',
  'SMTP_URL',
];

const NEEDED_IN_PRODUCTION = [
  'DATABASE_URL',
  'API_KEY_PEPPER',
  'SIGNING_SECRET',
  'FIELD_ENCRYPTION_KEYS',
  'APP_BASE_URL',
  'FRONTEND_URL',
  'SMTP_URL',
] as const;

/** Names every wrong variable at once, so that an operator mends them in one go. */
export class EnvironmentInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(['The environment is not valid:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'EnvironmentInvalid';
  }
}

type Variables = Record<string, string | undefined>;

function withFiles(source: Variables, readFile: (path: string) => string, faults: string[]): Variables {
  const found: Variables = {};
  // An empty variable is what a compose file passes for one that nobody set.
  for (const name of ENVIRONMENT_NAMES) if (source[name]?.trim()) found[name] = source[name].trim();
  for (const name of FILE_NAMES) {
    const path = source[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (found[name]) {
      faults.push(`${name} and ${name}_FILE are both set: keep one`);
      continue;
    }
    try {
      const content = readFile(path).trim();
      if (content) found[name] = content;
      else faults.push(`${name}_FILE names an empty file`);
    } catch {
      faults.push(`${name}_FILE names a file that cannot be read`);
    }
  }
  return found;
}

function productionFaults(environment: Environment): string[] {
  const faults: string[] = NEEDED_IN_PRODUCTION.filter((name) => !environment[name]).map(
    (name) => `${name} is required in production`,
  );
  for (const name of ['API_KEY_PEPPER', 'SIGNING_SECRET'] as const) {
    const value = environment[name];
    if (value && isWeakSecret(value)) faults.push(`${name} is too weak for production`);
  }
  if (isWeakRing(environment.FIELD_ENCRYPTION_KEYS))
    faults.push('FIELD_ENCRYPTION_KEYS holds a key that is too weak for production');
  if (environment.API_KEY_PEPPER && environment.API_KEY_PEPPER === environment.SIGNING_SECRET)
    faults.push('API_KEY_PEPPER and SIGNING_SECRET must differ');
  if (environment.RATE_LIMIT_FACTOR !== 1) faults.push('RATE_LIMIT_FACTOR is refused in production');
  for (const name of ['APP_BASE_URL', 'FRONTEND_URL', 'GOOGLE_CERTS_URL'] as const)
    if (environment[name] && !/^https:/i.test(environment[name])) faults.push(`${name} must be https in production`);
  return faults;
}

/**
 * Reads and checks the variables.
 *
 * @throws EnvironmentInvalid with one sentence per wrong variable; a value is never repeated in it.
 */
export function readEnvironment(source: Variables, readFile: (path: string) => string): Environment {
  const faults: string[] = [];
  const environment = plainToInstance(Environment, withFiles(source, readFile, faults), { exposeDefaultValues: true });
  for (const fault of validateSync(environment))
    faults.push(...Object.values(fault.constraints ?? { unknown: `${fault.property} is not valid` }));
  if (isAmbiguousRing(environment.FIELD_ENCRYPTION_KEYS)) faults.push('FIELD_ENCRYPTION_KEYS gives one id to two keys');
  if (environment.NODE_ENV === 'production') faults.push(...productionFaults(environment));
  if (faults.length > 0) throw new EnvironmentInvalid(faults);
  return environment;
}
