import type { IncomingMessage } from 'node:http';
import { PayloadTooLargeException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cors, { type CorsOptions } from 'cors';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { sayFarewell } from 'src/common/lifecycle/http-farewell';
import { Lifecycle } from 'src/common/lifecycle/lifecycle';
import { Metrics } from 'src/common/metrics/metrics';
import { observeRequests } from 'src/common/logging/request-log';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { chain, type Middleware } from 'src/common/http/chain';
import { showDeletedPersons } from 'src/common/http/deleted-names';
import { ApiKeyInQuery, UnsupportedMediaType } from 'src/common/http/transport-errors';
import { rememberRules } from 'src/common/http/remembered-rules';
import { RequestValidationPipe } from 'src/common/http/request-validation.pipe';
import { Translator } from 'src/common/i18n/translator';
import type { AppConfig } from 'src/config/app-config';
import { ClsServiceManager } from 'nestjs-cls';
import { setupDocs } from './docs.setup';

const BODY_LIMIT = '1mb';
const BODY_LIMIT_BYTES = 1_048_576;
/** What providers report is a few short fields. */
const FORM_LIMIT = '64kb';
/** No route takes more than a handful of levels; walking thousands of them would overflow the stack. */
const BODY_DEPTH = 32;
/** The largest plan of a coach has fifteen thousand; checking the half million of a megabyte would hold up everybody. */
const BODY_VALUES = 20_000;
const KEY_PARAMETERS = new Set(['api_key', 'apikey', 'x-api-key', 'access_token']);
const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;
const BODY_TYPES = /^(application\/(json|x-www-form-urlencoded|[\w.+-]+\+json)|multipart\/form-data)\s*(;|$)/i;

/** The HTTP set-up that the process and the tests share. */
export function setupApp(app: NestExpressApplication, config: AppConfig, logger: Logger): void {
  app.set('trust proxy', config.trustProxyHops);
  app.set('x-powered-by', false);
  // Personal answers are never cached, so computing a validator for each would be paid for nothing.
  app.set('etag', false);
  app.use(
    chain(
      observeRequests(logger, app.get(Metrics)),
      logContext,
      sayFarewell(app.get(Lifecycle)),
      securityHeaders(config),
      privacyHeaders,
      browsersOnly(cors(corsOptions(config))),
      refuseKeyInQuery,
      refuseForeignBodies,
      refuseHugeBodies,
    ),
  );
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: false });
  app.useBodyParser('urlencoded', { limit: FORM_LIMIT, extended: false, type: isFormOfWebhook });
  app.use(refuseUnwieldyBodies);
  showDeletedPersons(app, app.get(Translator));
  rememberRules();
  app.useGlobalPipes(new RequestValidationPipe());
  if (config.docsEnabled) setupDocs(app);
}

function securityHeaders(config: AppConfig): Middleware {
  return helmet({
    hsts: config.isProduction ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, useDefaults: false },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    frameguard: { action: 'deny' },
    // Pages of ours embed nothing and open nothing, and old browsers' own headers protect nobody any more: each header
    // is paid for by every answer.
    crossOriginResourcePolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    xPoweredBy: false,
  });
}

function corsOptions(config: AppConfig): CorsOptions {
  return {
    origin: [...config.corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    credentials: true,
    exposedHeaders: [
      'X-Request-Id',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Idempotent-Replayed',
      'Content-Disposition',
    ],
  };
}

/** Only a browser says where it comes from, and only a browser reads what CORS answers. */
function browsersOnly(middleware: Middleware): Middleware {
  return (request, response, next) => {
    if (request.headers.origin) {
      middleware(request, response, next);
      return;
    }
    response.setHeader('Vary', 'Origin');
    next();
  };
}

/** What every log line of this request carries, and the request itself for whoever must know where it came from. */
const logContext: Middleware = (request, _response, next) => {
  const cls = ClsServiceManager.getClsService();
  cls.run(() => {
    cls.set('requestId', (request as IncomingMessage & { id?: string }).id);
    cls.set('request', request);
    next();
  });
};

const privacyHeaders: Middleware = (request, response, next) => {
  response.setHeader('X-XSS-Protection', '1; mode=block');
  response.setHeader('Permissions-Policy', 'geolocation=(), microphone=(), camera=()');
  const { headers, url = '' } = request;
  if (headers['x-api-key'] || headers.authorization || url.toLowerCase().startsWith('/auth/'))
    response.setHeader('Cache-Control', 'no-store');
  next();
};

const refuseKeyInQuery: Middleware = (request, _response, next) => {
  const cut = request.url?.indexOf('?') ?? -1;
  if (cut >= 0)
    for (const name of new URLSearchParams(request.url?.slice(cut)).keys())
      if (KEY_PARAMETERS.has(name.toLowerCase())) return next(new ApiKeyInQuery());
  next();
};

const refuseForeignBodies: Middleware = (request, _response, next) => {
  const { headers } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody && !BODY_TYPES.test(headers['content-type'] ?? '')) return next(new UnsupportedMediaType());
  next();
};

/** Whoever says that he will send too much hears it at once; the parser would read all of it first. */
const refuseHugeBodies: Middleware = (request, _response, next) => {
  const { headers } = request;
  const isFile = headers['content-type']?.toLowerCase().startsWith('multipart/') === true;
  if (!isFile && Number(headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return next(new PayloadTooLargeException());
  next();
};

/** Providers alone send forms, and only where they report. */
function isFormOfWebhook({ url, headers }: IncomingMessage): boolean {
  return url?.startsWith('/webhooks/') === true && FORM.test(headers['content-type'] ?? '');
}

const refuseUnwieldyBodies: Middleware = (request, _response, next) => {
  const code = faultOfBody((request as IncomingMessage & { body?: unknown }).body);
  if (code) return next(new ValidationFailed([{ field: 'body', code }]));
  next();
};

/** Level by level and not by recursion, which is what a deep body is sent to break. */
function faultOfBody(body: unknown): 'invalid_format' | 'too_many' | null {
  let level: unknown[] = [body];
  let values = 0;
  for (let left = BODY_DEPTH; level.length > 0; left -= 1) {
    values += level.length;
    if (left < 0) return 'invalid_format';
    if (values > BODY_VALUES) return 'too_many';
    level = level.flatMap((part): unknown[] => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  }
  return null;
}
