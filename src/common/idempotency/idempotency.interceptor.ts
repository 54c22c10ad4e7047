import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import { from, lastValueFrom, mergeMap, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from 'src/common/auth/access.decorators';
import { Clock } from 'src/common/clock/clock';
import { HOUR_MS } from 'src/common/clock/durations';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { plainHash } from 'src/common/crypto/keyed-hash';
import { DomainError, ValidationFailed } from 'src/common/errors/domain.error';
import { Outcome, Settling } from 'src/common/transaction/settling';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { IdempotencyKeyReused, RequestInProgress } from './idempotency.errors';
import { IdempotencyRepository, type IdempotencyScope, type KeptAnswer } from './idempotency.repository';

export const KEPT_MS = 24 * HOUR_MS;
const KEY = /^[\x20-\x7e]{1,255}$/;

interface KeyedRequest extends AuthenticatedRequest {
  method: string;
  route: { path: string };
  headers: Record<string, string | string[] | undefined>;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  /** Of a request that carries a file: see `TakesFile`. */
  fileDigest?: string;
}

/** A refusal whose effect is committed before it is told. */
class KeptRefusal {
  constructor(readonly error: DomainError) {}
}

/** Keys in a fixed order, so that the same request has the same fingerprint however a client orders its fields. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, part]) => [name, canonical(part)]),
  );
}

function fingerprintOf({ params, query, body, fileDigest }: KeyedRequest): string {
  return plainHash(JSON.stringify(canonical({ params, query, body, fileDigest })));
}

/**
 * Runs a POST once per (user, route, key) for 24 h. The answer is kept, encrypted, in the transaction of its effect, so
 * a crash leaves both or neither; a refusal leaves no claim behind, and a repeat is judged anew (contract §1.7).
 *
 * What an act can say only some time after its commit is waited for here, outside the transaction: kept is what can be
 * said at once, and then what the caller was told in the end (ADR 0028).
 */
@Injectable()
class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);

  constructor(
    private readonly answers: IdempotencyRepository,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly host: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<KeyedRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || !request.user)
      return next.handle().pipe(mergeMap(async (answer: unknown) => (await this.settled(answer)).said));
    if (typeof key !== 'string' || !KEY.test(key))
      throw new ValidationFailed([{ field: 'Idempotency-Key', code: 'invalid_format' }]);
    const scope: IdempotencyScope = {
      userId: request.user.userId,
      route: `${request.method} ${request.route.path}`,
      key,
    };
    const response = context.switchToHttp().getResponse<{ statusCode: number }>();
    return from(this.answer(scope, request, response, next));
  }

  private async answer(
    scope: IdempotencyScope,
    request: KeyedRequest,
    response: { statusCode: number },
    next: CallHandler,
  ): Promise<unknown> {
    const answer = orRefuse(await this.unit.run(() => this.once(scope, request, response, next)));
    const { said, isNews } = await this.settled(answer);
    if (answer instanceof Outcome) await this.keepOutcome(scope, request, response, said);
    else if (isNews) await this.amend(scope, said);
    return said;
  }

  /** A repeat that came meanwhile found the act under way, and was told so. */
  private async keepOutcome(
    scope: IdempotencyScope,
    request: KeyedRequest,
    { statusCode: status }: { statusCode: number },
    said: unknown,
  ): Promise<void> {
    try {
      const kept = { fingerprint: fingerprintOf(request), status, body: this.sealed(scope, said) };
      await this.answers.keep(scope, kept, this.clock.now());
    } catch (error) {
      this.logger.warn({ err: error }, 'the outcome of an act could not be kept for a repeat');
    }
  }

  /** The effect is committed and the caller is told what became of it, whatever a repeat will be told. */
  private async amend(scope: IdempotencyScope, said: unknown): Promise<void> {
    try {
      await this.answers.amend(scope, this.sealed(scope, said));
    } catch (error) {
      this.logger.warn({ err: error }, 'how an act went on could not be kept for a repeat');
    }
  }

  /** The effect is committed: who cannot learn more of it says what is known. */
  private async settled(answer: unknown): Promise<{ said: unknown; isNews: boolean }> {
    if (answer instanceof Outcome) return { said: await answer.awaited(), isNews: true };
    if (!(answer instanceof Settling)) return { said: answer, isNews: false };
    if (answer.later === null) return { said: answer.now, isNews: false };
    try {
      return { said: await answer.later(), isNews: true };
    } catch (error) {
      this.logger.warn({ err: error }, 'how an act went on could not be learnt');
      return { said: answer.now, isNews: false };
    }
  }

  private async once(
    scope: IdempotencyScope,
    request: KeyedRequest,
    response: { statusCode: number },
    next: CallHandler,
  ): Promise<unknown> {
    if (!(await this.answers.tryLock(scope))) throw new RequestInProgress();
    const fingerprint = fingerprintOf(request);
    const now = this.clock.now();
    const kept = await this.answers.findSince(scope, new Date(now.getTime() - KEPT_MS));
    if (kept) return this.replay(scope, kept, fingerprint, response);
    const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined }).catch(keptOrThrown);
    if (answer instanceof KeptRefusal || answer instanceof Outcome) return answer;
    const text = this.sealed(scope, answer instanceof Settling ? answer.now : answer);
    await this.answers.keep(scope, { fingerprint, status: response.statusCode, body: text }, now);
    return answer;
  }

  private sealed(scope: IdempotencyScope, answer: unknown): string | null {
    return answer === undefined ? null : this.cipher.encrypt(place(scope), JSON.stringify(answer));
  }

  private replay(
    scope: IdempotencyScope,
    kept: KeptAnswer,
    fingerprint: string,
    response: { statusCode: number },
  ): unknown {
    if (kept.fingerprint !== fingerprint) throw new IdempotencyKeyReused();
    this.host.httpAdapter.setHeader(response, 'Idempotent-Replayed', 'true');
    this.host.httpAdapter.status(response, kept.status);
    return kept.body === null ? undefined : JSON.parse(this.cipher.decrypt(place(scope), kept.body));
  }
}

function keptOrThrown(error: unknown): KeptRefusal {
  if (error instanceof DomainError && error.leavesTrace) return new KeptRefusal(error);
  throw error;
}

function orRefuse(answer: unknown): unknown {
  if (answer instanceof KeptRefusal) throw answer.error;
  return answer;
}

function place({ userId, route, key }: IdempotencyScope): { table: string; rowId: string; column: string } {
  return { table: 'idempotency_keys', rowId: `${userId} ${route} ${key}`, column: 'body' };
}

/** The route honours `Idempotency-Key` († in the contract). */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: '1–255 printable ASCII characters; the same key and body within 24 h give the first answer again',
    }),
  );
}
