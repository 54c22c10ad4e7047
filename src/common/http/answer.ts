import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';

/** A body whose status depends on what happened: 200 for a repeat that found its row, 503 for a probe that failed. */
export class Answer<T> {
  constructor(
    readonly status: number,
    readonly body: T,
  ) {}
}

@Injectable()
class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly host: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<object>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof Answer)) return value;
        this.host.httpAdapter.status(response, value.status);
        return value.body as unknown;
      }),
    );
  }
}

/** The route returns an `Answer`, which says its status. */
export const VariableStatus = (): MethodDecorator => UseInterceptors(AnswerInterceptor);
