import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  HttpCode,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiResponse } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from 'src/common/auth/access.decorators';
import { negotiateLanguage } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { AckResponse } from './ack.response';

const ACK_CODE = 'ack-code';

interface SpokenRequest extends AuthenticatedRequest {
  headers: Record<string, string | undefined>;
}

@Injectable()
class AckInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly translator: Translator,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<AckResponse> {
    const code = this.reflector.get<string>(ACK_CODE, context.getHandler());
    const { headers, user } = context.switchToHttp().getRequest<SpokenRequest>();
    const language = negotiateLanguage(headers['accept-language'], user?.locale);
    return next.handle().pipe(map(() => ({ detail: code, message: this.translator.code(language, code) })));
  }
}

/** The route returns nothing and is answered by an Ack of this code (contract §5.3). */
export function Acknowledges(code: string, status: 200 | 202 = 200): MethodDecorator {
  return applyDecorators(
    SetMetadata(ACK_CODE, code),
    UseInterceptors(AckInterceptor),
    HttpCode(status),
    ApiResponse({ status, type: AckResponse }),
  );
}
