import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Environment, readEnvironment } from './environment';
import { type OAuthSettings, providersOf, type StravaSettings, type WithingsSettings } from './provider-settings';
import { secretsIn } from './secret-strength';
import { developmentSecrets, type FormerSecrets, type Secrets, TEST_SECRETS } from './secrets';

/** A bucket for pictures, at Amazon or at anybody who speaks its protocol. */
export interface S3Settings {
  /** Null: Amazon's own, by region. */
  endpoint: string | null;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The bucket stands in the path and not in the host name. */
  pathStyle: boolean;
}

/** An account at Twilio that SMS leave from. */
export interface TwilioSettings {
  accountSid: string;
  /** What SMS are sent with. */
  authToken: string;
  /** Any of them may have signed a report. */
  webhookTokens: readonly string[];
  /** A number in E.164, or the SID of a messaging service. */
  from: string;
  /** Null: Twilio's own address. */
  baseUrl: string | null;
  /** How many all processes together send. */
  messagesPerSecond: number;
}

/** Who makes videos of exercises. */
export interface VideoSettings {
  /** Without a slash at its end. */
  url: string;
  key: string;
  /** Where finished files may be fetched from: the provider's own address and those that were named. */
  fileOrigins: readonly string[];
  pollMs: number;
  /** Any of them may have signed an event. */
  webhookSecrets: readonly string[];
}

/** What the process was told, typed, with every default decided. Injectable as it is. */
export class AppConfig {
  readonly environment: 'development' | 'test' | 'production';
  readonly port: number;
  readonly role: 'api' | 'worker' | 'all';
  readonly dataDir: string;
  readonly poolSize: number;
  /** Whether `databaseUrl` is a pooler: what needs a session of its own goes round it, by `directDatabaseUrl`. */
  readonly isPooled: boolean;
  /** PostgreSQL itself, whatever stands before it. */
  readonly directDatabaseUrl: string | null;
  /** Whether statements may be named: a pooler may not keep them. */
  readonly preparesStatements: boolean;
  /** Null: everything is read from the primary. */
  readonly replicaUrl: string | null;
  /** How much older than the primary a replica may be and still be read. */
  readonly replicaMaxLagMs: number;
  readonly redisUrl: string | null;
  readonly appBaseUrl: string;
  readonly corsOrigins: readonly string[];
  readonly trustProxyHops: number;
  readonly logLevel: string;
  readonly docsEnabled: boolean;
  /** Any of them opens the figures; none: they are closed. */
  readonly metricsTokens: readonly string[];
  readonly metricsPort: number | null;
  readonly apiKeyTtlDays: number | null;
  readonly requireCoachPhone: boolean;
  readonly googleClientId: string | null;
  readonly googleCertsUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Null: no SMS leaves. */
  readonly twilio: TwilioSettings | null;
  /** Which app may read the codes that are sent to phones. */
  readonly smsAppHash: string;
  /** JSON of the service account that pushes leave from; null: the inbox is all there is. */
  readonly firebaseServiceAccount: string | null;
  /** Null: nobody makes videos. */
  readonly videos: VideoSettings | null;
  /** Null: nobody connects to it. */
  readonly strava: StravaSettings | null;
  readonly googleCalendar: OAuthSettings | null;
  readonly withings: WithingsSettings | null;
  /** Null: pictures and videos lie in the data folder. */
  readonly s3: S3Settings | null;
  readonly rateLimitFactor: number;
  readonly secrets: Secrets & FormerSecrets;

  constructor(
    variables: Environment,
    /** Where PostgreSQL is: `DATABASE_URL`, or the embedded server once it runs. */
    readonly databaseUrl: string | null = variables.DATABASE_URL ?? null,
    /** False for the command that says which encryption keys are missing: everybody else does not start then. */
    readonly insistsOnKeys = true,
  ) {
    this.environment = variables.NODE_ENV;
    this.port = variables.PORT;
    this.role = variables.ROLE;
    this.dataDir = resolve(variables.DATA_DIR);
    this.poolSize = variables.DATABASE_POOL_SIZE;
    this.directDatabaseUrl = variables.DATABASE_DIRECT_URL ?? databaseUrl;
    this.isPooled = this.directDatabaseUrl !== databaseUrl;
    this.preparesStatements = variables.DATABASE_PREPARED_STATEMENTS;
    this.replicaUrl = variables.DATABASE_REPLICA_URL ?? null;
    this.replicaMaxLagMs = variables.DATABASE_REPLICA_MAX_LAG_SECONDS * 1_000;
    this.redisUrl = variables.REDIS_URL ?? null;
    this.appBaseUrl = (variables.APP_BASE_URL ?? `http://localhost:${variables.PORT}`).replace(/\/$/, '');
    this.corsOrigins = [
      ...(variables.FRONTEND_URL ? [new URL(variables.FRONTEND_URL).origin] : []),
      ...(this.isProduction ? [] : ['http://localhost:3000', 'http://localhost:8000']),
    ];
    this.trustProxyHops = variables.TRUST_PROXY_HOPS;
    this.logLevel = variables.LOG_LEVEL ?? (this.environment === 'test' ? 'silent' : 'info');
    this.docsEnabled = variables.DOCS_ENABLED ?? !this.isProduction;
    this.metricsTokens = listed(variables.METRICS_TOKEN);
    this.metricsPort = variables.METRICS_PORT ?? null;
    this.apiKeyTtlDays = variables.API_KEY_TTL_DAYS ?? null;
    this.requireCoachPhone = variables.REQUIRE_COACH_PHONE;
    this.googleClientId = variables.GOOGLE_CLIENT_ID ?? null;
    this.googleCertsUrl = variables.GOOGLE_CERTS_URL ?? null;
    this.smtpUrl = variables.SMTP_URL ?? null;
    this.mailFrom = variables.MAIL_FROM;
    this.twilio = twilioOf(variables);
    this.smsAppHash = variables.SMS_APP_HASH;
    this.firebaseServiceAccount = variables.FIREBASE_SERVICE_ACCOUNT ?? null;
    this.videos = videosOf(variables);
    const { strava, googleCalendar, withings } = providersOf(variables);
    this.strava = strava;
    this.googleCalendar = googleCalendar;
    this.withings = withings;
    this.s3 = s3Of(variables);
    this.rateLimitFactor = variables.RATE_LIMIT_FACTOR;
    this.secrets = secretsOf(variables, this.dataDir);
  }

  get isProduction(): boolean {
    return this.environment === 'production';
  }

  /** Whether this process answers HTTP. */
  get servesHttp(): boolean {
    return this.role !== 'worker';
  }

  /** Whether this process works off jobs. */
  get runsJobs(): boolean {
    return this.role !== 'api';
  }
}

function secretsOf(variables: Environment, dataDir: string): Secrets & FormerSecrets {
  const [apiKeyPepper, ...formerApiKeyPeppers] = secretsIn(variables.API_KEY_PEPPER);
  const [signingSecret, ...formerSigningSecrets] = secretsIn(variables.SIGNING_SECRET);
  const given: Partial<Secrets> = {
    ...(apiKeyPepper && { apiKeyPepper }),
    ...(signingSecret && { signingSecret }),
    ...(variables.FIELD_ENCRYPTION_KEYS && { fieldEncryptionKeys: variables.FIELD_ENCRYPTION_KEYS }),
    ...(variables.TOKEN_ENCRYPTION_KEYS && { tokenEncryptionKeys: variables.TOKEN_ENCRYPTION_KEYS }),
  };
  return { ...completed(given, variables, dataDir), formerApiKeyPeppers, formerSigningSecrets };
}

function completed(given: Partial<Secrets>, variables: Environment, dataDir: string): Secrets {
  if (variables.NODE_ENV === 'test') return { ...TEST_SECRETS, ...given };
  const isComplete =
    given.apiKeyPepper && given.signingSecret && given.fieldEncryptionKeys && given.tokenEncryptionKeys;
  return isComplete ? (given as Secrets) : { ...developmentSecrets(dataDir), ...given };
}

function twilioOf(variables: Environment): TwilioSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_FROM_NUMBER: from } = variables;
  const webhookTokens = secretsIn(variables.TWILIO_AUTH_TOKEN);
  const [authToken] = webhookTokens;
  if (!accountSid || !authToken || !from) return null;
  const baseUrl = variables.TWILIO_BASE_URL?.replace(/\/$/, '') ?? null;
  const messagesPerSecond = variables.TWILIO_MESSAGES_PER_SECOND;
  return { accountSid, authToken, webhookTokens, from, baseUrl, messagesPerSecond };
}

function videosOf(variables: Environment): VideoSettings | null {
  const { VIDEO_PROVIDER_URL: url, VIDEO_PROVIDER_KEY: key } = variables;
  if (!url || !key) return null;
  const fileOrigins = [new URL(url).origin, ...listed(variables.VIDEO_PROVIDER_FILE_ORIGINS)];
  const webhookSecrets = listed(variables.VIDEO_WEBHOOK_SECRET);
  const pollMs = variables.VIDEO_PROVIDER_POLL_SECONDS * 1_000;
  return { url: url.replace(/\/$/, ''), key, fileOrigins, pollMs, webhookSecrets };
}

function listed(text: string | undefined): string[] {
  return text ? text.split(',') : [];
}

function s3Of(variables: Environment): S3Settings | null {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!bucket || !accessKeyId || !secretAccessKey) return null;
  const endpoint = variables.S3_ENDPOINT ?? null;
  // A store of one's own is rarely reachable under a host name for each bucket.
  const pathStyle = variables.S3_FORCE_PATH_STYLE ?? endpoint !== null;
  return { endpoint, region: variables.S3_REGION, bucket, accessKeyId, secretAccessKey, pathStyle };
}

/** Reads the environment of this process, the only place that does. */
export function processEnvironment(): Environment {
  return readEnvironment(process.env, (path) => readFileSync(path, 'utf8'));
}

/** What a child process of ours inherits: where programs are, and nothing that configures a server. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

/** The password for `npm run admin:create`, where nobody is there to type one. Not kept in the configuration. */
export function adminPassword(): string | null {
  return process.env.ADMIN_PASSWORD || null;
}
