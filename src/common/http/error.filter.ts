import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AuthenticatedRequest } from 'src/common/auth/access.decorators';
import { Authenticator } from 'src/common/auth/authenticator';
import { DomainError, type ErrorKind } from 'src/common/errors/domain.error';
import { negotiateLanguage } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { writeLimit } from 'src/common/limits/limit-state';
import { isDatabaseUnavailable } from 'src/common/transaction/sql-state';
import type { ErrorResponse } from './error.response';

const STATUS: Record<ErrorKind, number> = {
  bad_request: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  unprocessable: 422,
  too_many: 429,
  bad_gateway: 502,
  unavailable: 503,
};

export interface Refusal {
  status: number;
  code: string;
  error?: DomainError;
  retryAfter?: number;
}

interface FilteredRequest extends AuthenticatedRequest {
  id?: string;
  headers: Record<string, string | undefined>;
}

/** What the framework and the body parser throw, by status. Anything else of theirs is a server error. */
const FRAMEWORK_CODES: Record<number, string> = {
  400: 'invalid_json',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

function frameworkStatus(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof URIError) return 404;
  // Only what may be told to a caller is about his request: a provider's answer has a status too.
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  return expose === true && typeof status === 'number' ? status : null;
}

/** The one place where a refusal becomes an answer. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly translator: Translator,
    private readonly authenticator: Authenticator,
  ) {}

  catch(error: unknown, context: ArgumentsHost): void {
    const http = context.switchToHttp();
    const request = http.getRequest<FilteredRequest>();
    const response = http.getResponse<object>();
    const refusal = this.refusalOf(error);
    const { httpAdapter } = this.host;
    if (httpAdapter.isHeadersSent(response)) return;
    this.writeHeaders(refusal, response);
    httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
    httpAdapter.reply(response, this.bodyOf(refusal, request), refusal.status);
  }

  /** What an error means for its caller. An unexpected one is logged and says nothing of itself. */
  refusalOf(error: unknown): Refusal {
    if (error instanceof DomainError)
      return { status: STATUS[error.kind], code: error.code, error, retryAfter: error.retryAfter };
    if (isDatabaseUnavailable(error)) {
      this.logger.error({ err: error }, 'the database is not available');
      return { status: 503, code: 'service_unavailable', retryAfter: 2 };
    }
    const status = frameworkStatus(error);
    const code = status === null ? undefined : FRAMEWORK_CODES[status];
    if (status !== null && code) return { status, code };
    this.logger.error({ err: error }, 'an unexpected error');
    return { status: 500, code: 'server_error' };
  }

  /** What a refusal says beside its body, whatever kind of body that is. */
  writeHeaders({ status, code, error, retryAfter }: Refusal, response: object): void {
    const { httpAdapter } = this.host;
    // A route may have said how long its answer can be kept: that was meant for another answer.
    httpAdapter.setHeader(response, 'Cache-Control', 'no-store');
    if (retryAfter !== undefined) httpAdapter.setHeader(response, 'Retry-After', String(retryAfter));
    if (error?.limit) writeLimit(httpAdapter, response, error.limit);
    if (code.startsWith('api_key_') && status === 401) httpAdapter.setHeader(response, 'WWW-Authenticate', 'ApiKey');
  }

  private bodyOf({ code, error, retryAfter }: Refusal, request: FilteredRequest): ErrorResponse {
    const language = negotiateLanguage(request.headers['accept-language'], this.localeOf(request));
    return {
      detail: code,
      message: this.translator.code(language, code),
      ...(error?.faults && {
        errors: error.faults.map((fault) => ({ ...fault, message: this.translator.code(language, fault.code) })),
      }),
      ...(retryAfter !== undefined && { retry_after: retryAfter }),
      ...(error?.attemptsLeft !== undefined && { attempts_left: error.attemptsLeft }),
      request_id: request.id ?? '',
    };
  }

  /** Of the caller, also where he is refused before a guard let him in, as far as memory knows his key. */
  private localeOf(request: FilteredRequest): string | undefined {
    if (request.user) return request.user.locale;
    const caller = this.authenticator.recall(request);
    return caller?.kind === 'good' ? caller.principal.locale : undefined;
  }
}
