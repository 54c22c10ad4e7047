import {
  applyDecorators,
  type ArgumentsHost,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { ApiFoundResponse } from '@nestjs/swagger';
import { catchError, map, type Observable, throwError } from 'rxjs';
import { ErrorFilter } from 'src/common/http/error.filter';
import { prefersPage } from 'src/common/http/prefers-page';
import type { ConnectableProvider } from './authorization.types';

const PROVIDER = 'sent-on-provider';

/** What the app is told, by the code of a refusal. Whatever else goes wrong, it has failed. */
const STATUSES: Readonly<Record<string, string>> = { oauth_denied: 'denied', invalid_state: 'invalid' };

/** The answer to a browser, which has no use for JSON. */
class SentOn extends Error {
  constructor(readonly url: string) {
    super('sent on to the app');
  }
}

/** Makes of whatever a route answers the address of the app, for browsers. Limits and guards stand before it. */
@Injectable()
export class SentOnInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly errors: ErrorFilter,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    if (!prefersPage(headers.accept)) return next.handle();
    const provider = this.reflector.get<ConnectableProvider>(PROVIDER, context.getHandler());
    const sentOn = (status: string): SentOn =>
      new SentOn(`mycoach://integrations?provider=${encodeURIComponent(provider)}&status=${status}`);
    return next.handle().pipe(
      map((): never => {
        throw sentOn('connected');
      }),
      catchError((error: unknown) => {
        if (error instanceof SentOn) return throwError(() => error);
        return throwError(() => sentOn(STATUSES[this.errors.refusalOf(error).code] ?? 'failed'));
      }),
    );
  }
}

@Injectable()
@Catch(SentOn)
export class SentOnFilter implements ExceptionFilter<SentOn> {
  constructor(private readonly host: HttpAdapterHost) {}

  catch({ url }: SentOn, context: ArgumentsHost): void {
    this.host.httpAdapter.redirect(context.switchToHttp().getResponse<object>(), 302, url);
  }
}

/** The route sends browsers on to the app: `mycoach://integrations?provider=…&status=connected|denied|invalid|failed`. */
export const SendsBrowsersOn = (provider: ConnectableProvider): MethodDecorator =>
  applyDecorators(
    SetMetadata(PROVIDER, provider),
    UseInterceptors(SentOnInterceptor),
    UseFilters(SentOnFilter),
    ApiFoundResponse({ description: 'A browser: on to `mycoach://integrations?provider=…&status=…`' }),
  );
