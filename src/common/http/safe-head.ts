import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { type Observable, of } from 'rxjs';

@Injectable()
class SafeHeadInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method } = context.switchToHttp().getRequest<{ method: string }>();
    return method === 'HEAD' ? of(undefined) : next.handle();
  }
}

/**
 * A GET that acts answers a HEAD without acting: who scans the links of mails sends one, and the link is the reader's.
 * Stands above the decorators that make the answer.
 */
export const SafeHead = (): MethodDecorator => UseInterceptors(SafeHeadInterceptor);
