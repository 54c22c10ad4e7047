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
import {
  EnvironmentInvalid,
  productionFaults,
  pushFaults,
  secretFaults,
  smsFaults,
  storeFaults,
  videoFaults,
} from './environment-faults';
import { databaseFaults } from './database-environment';
import { type Variables, withFiles } from './environment-files';
import { flag, number } from './environment-values';
import { ProviderEnvironment, WEB } from './provider-environment';
import { providerFaults } from './provider-settings';
import { isAmbiguousRing, KEY_RING } from './secret-strength';

/** Addresses without a path, several separated by commas. */
const ORIGINS = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(,https?:\/\/[a-z0-9.-]+(:\d{1,5})?)*$/;
const SIGNING_SECRETS = /^whsec_[A-Za-z0-9+/]{32,128}={0,2}(,whsec_[A-Za-z0-9+/]{32,128}={0,2})*$/;

/** The variables of the process as written, before any default that depends on the kind of environment. */
export class Environment extends ProviderEnvironment {
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
  METRICS_TOKEN?: string;

  @IsOptional()
  @Transform(number)
  @IsInt()
  @Min(0)
  @Max(65535)
  METRICS_PORT?: number;

  @IsOptional()
  @IsString()
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
  SIGNING_SECRET?: string;

  @IsOptional()
  @Matches(KEY_RING, { message: 'FIELD_ENCRYPTION_KEYS must be id:base64(32 bytes), several separated by commas' })
  FIELD_ENCRYPTION_KEYS?: string;

  @IsOptional()
  @Matches(KEY_RING, { message: 'TOKEN_ENCRYPTION_KEYS must be id:base64(32 bytes), several separated by commas' })
  TOKEN_ENCRYPTION_KEYS?: string;

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

  @IsOptional()
  @Matches(/^AC[0-9a-f]{32}$/)
  TWILIO_ACCOUNT_SID?: string;

  @IsOptional()
  @IsString()
  TWILIO_AUTH_TOKEN?: string;

  @IsOptional()
  @Matches(/^(\+[1-9]\d{6,14}|MG[0-9a-f]{32})$/, {
    message: 'TWILIO_FROM_NUMBER must be a number in E.164, or the SID of a messaging service',
  })
  TWILIO_FROM_NUMBER?: string;

  @IsOptional()
  @IsUrl(WEB)
  TWILIO_BASE_URL?: string;

  @Transform(number)
  @Min(0.1)
  @Max(1_000)
  TWILIO_MESSAGES_PER_SECOND = 10;

  @Matches(/^[A-Za-z0-9+/]{11}$/, { message: 'SMS_APP_HASH must be the 11 characters of an app' })
  SMS_APP_HASH = 'MyCoachDev0';

  @IsOptional()
  @IsString()
  FIREBASE_SERVICE_ACCOUNT?: string;

  @IsOptional()
  @IsUrl(WEB)
  VIDEO_PROVIDER_URL?: string;

  @IsOptional()
  @IsString()
  @MinLength(16)
  VIDEO_PROVIDER_KEY?: string;

  @IsOptional()
  @Matches(ORIGINS, { message: 'VIDEO_PROVIDER_FILE_ORIGINS must be https://host, several separated by commas' })
  VIDEO_PROVIDER_FILE_ORIGINS?: string;

  @Transform(number)
  @Min(0.1)
  @Max(600)
  VIDEO_PROVIDER_POLL_SECONDS = 15;

  @IsOptional()
  @Matches(SIGNING_SECRETS, {
    message: 'VIDEO_WEBHOOK_SECRET must be whsec_ and base64(24 bytes or more), several separated by commas',
  })
  VIDEO_WEBHOOK_SECRET?: string;

  @IsOptional()
  @IsUrl(WEB)
  S3_ENDPOINT?: string;

  @Matches(/^[A-Za-z0-9-]{1,64}$/)
  S3_REGION = 'us-east-1';

  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  S3_BUCKET?: string;

  @IsOptional()
  @IsString()
  S3_ACCESS_KEY_ID?: string;

  @IsOptional()
  @IsString()
  S3_SECRET_ACCESS_KEY?: string;

  @IsOptional()
  @Transform(flag)
  @IsIn([true, false])
  S3_FORCE_PATH_STYLE?: boolean;

  @Transform(number)
  @Min(0.01)
  @Max(1_000_000)
  RATE_LIMIT_FACTOR = 1;
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
  for (const name of ['FIELD_ENCRYPTION_KEYS', 'TOKEN_ENCRYPTION_KEYS'] as const)
    if (isAmbiguousRing(environment[name])) faults.push(`${name} gives one id to two keys`);
  for (const faultsOf of [
    secretFaults,
    databaseFaults,
    storeFaults,
    smsFaults,
    pushFaults,
    videoFaults,
    providerFaults,
  ])
    faults.push(...faultsOf(environment));
  if (environment.NODE_ENV === 'production') faults.push(...productionFaults(environment));
  if (faults.length > 0) throw new EnvironmentInvalid(faults);
  return environment;
}
