import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  HttpStatus,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { ApiResponse } from '@nestjs/swagger';
import { mergeMap, type Observable } from 'rxjs';

const CONTENT_TYPE = 'revalidated-content-type';

/** An answer that has a name for its content, and is only written for who does not have it yet. */
export class Versioned<T> {
  constructor(
    /** Letters, digits, `-` and `_`: goes out as a strong ETag. */
    readonly version: string,
    readonly write: () => Promise<T>,
  ) {}
}

interface ConditionalRequest {
  headers: Record<string, string | undefined>;
}

/** Whether `If-None-Match` names this content. It compares weakly: proxies that compress make tags weak (RFC 9110). */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

@Injectable()
class RevalidationInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly host: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const contentType = this.reflector.get<string>(CONTENT_TYPE, context.getHandler());
    const http = context.switchToHttp();
    const { headers } = http.getRequest<ConditionalRequest>();
    const response = http.getResponse<object>();
    const { httpAdapter } = this.host;
    return next.handle().pipe(
      mergeMap(async (answer: Versioned<unknown>) => {
        const etag = `"${answer.version}"`;
        const known = isKnown(headers['if-none-match'], etag);
        const body = known ? undefined : await answer.write();
        httpAdapter.setHeader(response, 'ETag', etag);
        // Whoever sent a key was told `no-store` already, and that stays.
        if (httpAdapter.getHeader(response, 'Cache-Control') === undefined)
          httpAdapter.setHeader(response, 'Cache-Control', 'private, no-cache');
        if (known) httpAdapter.status(response, HttpStatus.NOT_MODIFIED);
        else httpAdapter.setHeader(response, 'Content-Type', contentType);
        return body;
      }),
    );
  }
}

/** The route returns a `Versioned` answer of this kind, which its reader may keep and must ask about every time. */
export function Revalidated(contentType: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(CONTENT_TYPE, contentType),
    UseInterceptors(RevalidationInterceptor),
    ApiResponse({ status: HttpStatus.NOT_MODIFIED, description: 'What `If-None-Match` names is still so' }),
  );
}
