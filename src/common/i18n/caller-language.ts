import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from 'src/common/auth/access.decorators';
import { type Language, negotiateLanguage } from './languages';

interface SpokenRequest extends AuthenticatedRequest {
  headers: Record<string, string | undefined>;
}

/** The language in which the caller wants to be told something. */
export const CallerLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const { headers, user } = context.switchToHttp().getRequest<SpokenRequest>();
  return negotiateLanguage(headers['accept-language'], user?.locale);
});
