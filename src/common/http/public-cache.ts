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

interface Cached {
  /** Null: what Nest says it is. */
  contentType: string | null;
  seconds: number;
  /** Under this address there will never be anything else: nobody need ask again. */
  immutable: boolean;
  /** There is one answer for each language. */
  byLanguage: boolean;
}

/**
 * Says what the answer is and how long it may be kept, once there is one: a header that Nest's own decorator set before
 * would stay on a refusal. Whoever sent a key was told `no-store` already (contract §1.8), and that stays.
 */
@Injectable()
class PublicCacheInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly host: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { contentType, seconds, immutable, byLanguage } = this.reflector.get<Cached>(CACHED, context.getHandler());
    const response = context.switchToHttp().getResponse<object>();
    const { httpAdapter } = this.host;
    return next.handle().pipe(
      map((body: unknown) => {
        if (contentType) httpAdapter.setHeader(response, 'Content-Type', contentType);
        if (byLanguage)
          httpAdapter.setHeader(
            response,
            'Vary',
            [httpAdapter.getHeader(response, 'Vary'), 'Accept-Language'].filter(Boolean).join(', '),
          );
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

/**
 * The route answers a file that is the same for everybody.
 *
 * @param contentType null where the file itself says what it is
 */
export function PubliclyCached(
  contentType: string | null,
  seconds: number,
  { immutable = false } = {},
): MethodDecorator {
  return cached({ contentType, seconds, immutable, byLanguage: false });
}

/** The route answers texts that are the same for everybody who reads that language. */
export function CachedByLanguage(seconds: number): MethodDecorator {
  return cached({ contentType: null, seconds, immutable: false, byLanguage: true });
}

function cached(how: Cached): MethodDecorator {
  return applyDecorators(SetMetadata(CACHED, how), UseInterceptors(PublicCacheInterceptor));
}
