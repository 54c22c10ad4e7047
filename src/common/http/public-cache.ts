import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';

const CACHED = 'publicly-cached';

interface CachedFile {
  contentType: string;
  seconds: number;
  /** Under this address there will never be anything else: nobody need ask again. */
  immutable: boolean;
}

/**
 * Says what the answer is and how long it may be kept, once there is one: a header that Nest's own decorator set before
 * would stay on a refusal. Whoever sent a key was told `no-store` already (contract §1.8), and that stays.
 */
@Injectable()
export class PublicCacheInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly host: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { contentType, seconds, immutable } = this.reflector.get<CachedFile>(CACHED, context.getHandler());
    const response = context.switchToHttp().getResponse<object>();
    const { httpAdapter } = this.host;
    return next.handle().pipe(
      map((body: unknown) => {
        httpAdapter.setHeader(response, 'Content-Type', contentType);
        if (httpAdapter.getHeader(response, 'Cache-Control') === undefined)
          httpAdapter.setHeader(
            response,
            'Cache-Control',
            `public, max-age=${seconds}${immutable ? ', immutable' : ''}`,
          );
        return body;
      }),
    );
  }
}

/** The route answers a file that is the same for everybody. */
export function PubliclyCached(contentType: string, seconds: number, { immutable = false } = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(CACHED, { contentType, seconds, immutable } satisfies CachedFile),
    UseInterceptors(PublicCacheInterceptor),
  );
}
