import {
  applyDecorators,
  type ArgumentsHost,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiProduces } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';
import type { AckResponse } from 'src/common/http/ack.response';
import { ErrorFilter } from 'src/common/http/error.filter';
import { prefersPage } from 'src/common/http/prefers-page';
import { type Language, negotiateLanguage } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { PAGE_POLICY, verificationPage } from './verification-page';

interface BrowserRequest {
  headers: Record<string, string | undefined>;
}

/** Makes pages of the answers of a route, for browsers. */
@Injectable()
export class VerificationPages {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly translator: Translator,
  ) {}

  languageFor(context: ArgumentsHost): Language | null {
    const { headers } = context.switchToHttp().getRequest<BrowserRequest>();
    return prefersPage(headers.accept) ? negotiateLanguage(headers['accept-language']) : null;
  }

  make(context: ArgumentsHost, language: Language, text: string, success: boolean): string {
    const response = context.switchToHttp().getResponse<object>();
    const { httpAdapter } = this.host;
    httpAdapter.setHeader(response, 'Content-Type', 'text/html; charset=utf-8');
    httpAdapter.setHeader(response, 'Content-Security-Policy', PAGE_POLICY);
    const say = (key: string): string => this.translator.text(language, `auth.verify_page.${key}`);
    const title = say(success ? 'success_title' : 'failure_title');
    return verificationPage({ language, title, text, action: say('open_app') }, success);
  }
}

@Injectable()
class VerificationPageInterceptor implements NestInterceptor {
  constructor(private readonly pages: VerificationPages) {}

  intercept(context: ExecutionContext, next: CallHandler<AckResponse>): Observable<unknown> {
    const language = this.pages.languageFor(context);
    if (language === null) return next.handle();
    return next.handle().pipe(map(({ message }) => this.pages.make(context, language, message, true)));
  }
}

/** A refusal read in a browser keeps its status and says the same in words. */
@Injectable()
@Catch()
class VerificationPageFilter implements ExceptionFilter {
  constructor(
    private readonly pages: VerificationPages,
    private readonly errors: ErrorFilter,
    private readonly translator: Translator,
    private readonly host: HttpAdapterHost,
  ) {}

  catch(error: unknown, context: ArgumentsHost): void {
    const language = this.pages.languageFor(context);
    if (language === null) return this.errors.catch(error, context);
    const response = context.switchToHttp().getResponse<object>();
    const refusal = this.errors.refusalOf(error);
    const { httpAdapter } = this.host;
    this.errors.writeHeaders(refusal, response);
    const page = this.pages.make(context, language, this.translator.code(language, refusal.code), false);
    httpAdapter.reply(response, page, refusal.status);
  }
}

/** The route answers browsers with a page. Stands below `@Acknowledges`, whose Ack becomes the page. */
export function PageForBrowsers(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(VerificationPageInterceptor),
    UseFilters(VerificationPageFilter),
    ApiProduces('application/json', 'text/html'),
  );
}
