import type { OpenAPIObject } from '@nestjs/swagger';
import type { Access } from 'src/common/auth/access.decorators';
import { LANGUAGES } from 'src/common/i18n/languages';
import { type Operation, operationsOf } from './operations';
import type { RouteFacts } from './routes';

const CALLERS: Readonly<Record<Access, string>> = {
  public: 'Needs no key.',
  client: 'For everybody with a key.',
  coach: 'For coaches and administrators.',
  admin: 'For administrators.',
};

/** What a success says where its route says nothing. */
const SUCCESSES: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted: it is done a little later',
  204: 'Done; there is nothing to tell',
};

/** Says of every operation who may call it, that texts come in the caller's language, and what a success means. */
export function describeOperations(document: OpenAPIObject, facts: ReadonlyMap<string, RouteFacts>): void {
  for (const { operation } of operationsOf(document)) {
    const { access, status } = facts.get(operation.operationId ?? '') ?? {};
    if (access) operation.description = [operation.description, CALLERS[access]].filter(Boolean).join('\n\n');
    if (access === 'public') operation.security = [];
    dropGuessedSuccess(operation);
    // The compiler's plugin supposes 201 of a POST whose status is set by a decorator of ours.
    if (status !== undefined && status !== 201 && !operation.responses['201']?.content)
      delete operation.responses['201'];
    for (const [documented, response] of Object.entries(operation.responses))
      if (response.$ref === undefined) response.description ||= SUCCESSES[documented] ?? 'Answered';
    addLanguage(operation);
  }
}

function addLanguage(operation: Operation): void {
  operation.parameters = [
    // OpenAPI reserves this one for what `security` says.
    ...(operation.parameters ?? []).filter(({ name }) => name.toLowerCase() !== 'authorization'),
    {
      name: 'Accept-Language',
      in: 'header',
      required: false,
      description:
        'Language of the texts; without it that of the account. A browser sends its own where none is chosen.',
      schema: { type: 'string', enum: [...LANGUAGES] },
    },
  ];
}

/** What Nest takes for the status of a POST where a decorator of ours has said another. */
function dropGuessedSuccess({ responses }: Operation): void {
  const successes = Object.entries(responses).filter(([status]) => status < '300');
  const isTold = successes.some(([, { content }]) => content);
  for (const [status, { content }] of successes)
    if (isTold && !content && status !== '204') Reflect.deleteProperty(responses, status);
}
