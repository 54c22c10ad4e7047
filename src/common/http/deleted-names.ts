import type { IncomingHttpHeaders } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AuthenticatedRequest } from 'src/common/auth/access.decorators';
import { namesDeletedPerson } from 'src/common/i18n/deleted-person';
import { negotiateLanguage } from 'src/common/i18n/languages';
import type { Translator } from 'src/common/i18n/translator';

/** What all answers of an application inherit, as far as it is spoken of here. */
interface Answers {
  req: AuthenticatedRequest & { headers: IncomingHttpHeaders };
  send(body: unknown): unknown;
}

/**
 * Every answer that is a text calls deleted people so in the caller's language. Once, on what all answers of the
 * application inherit, and not in each response class: a name is put together in a dozen queries.
 */
export function showDeletedPersons(app: NestExpressApplication, translator: Translator): void {
  const { response } = app.getHttpAdapter().getInstance() as { response: Answers };
  const inherited = Object.getPrototypeOf(response) as Answers;
  response.send = function (body) {
    if (typeof body !== 'string' || !namesDeletedPerson(body)) return inherited.send.call(this, body);
    const { headers, user } = this.req;
    const language = negotiateLanguage(headers['accept-language'], user?.locale);
    return inherited.send.call(this, translator.shown(language, body));
  };
}
