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
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';

const PAGE_POLICY = 'page-policy';

/** Says so once there is a page: a refusal keeps the strict policy and its own type. */
@Injectable()
class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly host: HttpAdapterHost,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<string>): Observable<string> {
    const policy = this.reflector.get<string>(PAGE_POLICY, context.getHandler());
    const response = context.switchToHttp().getResponse<object>();
    return next.handle().pipe(
      map((page) => {
        this.host.httpAdapter.setHeader(response, 'Content-Type', 'text/html; charset=utf-8');
        this.host.httpAdapter.setHeader(response, 'Content-Security-Policy', policy);
        return page;
      }),
    );
  }
}

/** The route answers a page of HTML, which is looked at under this Content-Security-Policy. */
export function AnswersPage(policy: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(PAGE_POLICY, policy),
    UseInterceptors(PageInterceptor),
    ApiProduces('text/html'),
    ApiOkResponse({ schema: { type: 'string' } }),
  );
}
