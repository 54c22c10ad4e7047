import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ErrorResponse } from 'src/common/http/error.response';
import { REFUSALS } from 'src/common/http/refuses';
import { type DocumentedResponse, type Operation, operationsOf } from './operations';
import { refusalExample } from './refusal-examples';
import type { RouteFacts } from './routes';

/** Status to codes. */
type Codes = Record<string, string[]>;

const MEANINGS: Readonly<Record<string, string>> = {
  400: 'The request cannot be read, or what it carries is not good (any more)',
  401: 'Who is asking is not known',
  402: 'There is nothing left to pay with',
  403: 'The caller is known, and may not',
  404: 'There is no such thing for the caller',
  409: 'It stands against what is there',
  413: 'Too large',
  415: 'A kind of content that is not accepted',
  422: 'It can be read, and is not right (where fields are wrong, `errors` names them)',
  429: 'Too often (`retry_after` says how many seconds to wait)',
  500: 'A fault of the server',
  502: 'Another service did not answer as expected',
  503: 'Not available now, but in some seconds',
};

/** What any route of this kind may answer, whatever it is about. */
function generalCodes(operation: Operation, facts: RouteFacts | undefined): Codes {
  const isKeyed = facts?.access !== undefined && facts.access !== 'public';
  const parameters = operation.parameters ?? [];
  const isChecked = operation.requestBody !== undefined || parameters.some((each) => each.in !== 'header');
  const isIdempotent = parameters.some(({ name }) => name === 'Idempotency-Key');
  return {
    400: [...(operation.requestBody ? ['invalid_json'] : []), 'api_key_in_query'],
    401: isKeyed ? ['api_key_missing', 'api_key_invalid'] : [],
    403: [
      ...(isKeyed && facts.access !== 'client' ? ['forbidden'] : []),
      ...(isKeyed && !facts.isOpenToClosedAccounts ? ['account_suspended', 'account_pending_deletion'] : []),
    ],
    409: isIdempotent ? ['request_in_progress'] : [],
    413: operation.requestBody ? ['payload_too_large'] : [],
    422: [...(isChecked ? ['validation_error'] : []), ...(isIdempotent ? ['idempotency_key_reused'] : [])],
    429: facts?.isUnlimited ? [] : ['too_many_requests'],
    500: ['server_error'],
    503: ['service_unavailable'],
  };
}

/**
 * Writes every way in which each route may refuse: the codes that it names itself (`@Refuses`), and those of any route
 * of its kind. Each code has one example for the whole document, and what many routes answer alike is written once.
 */
export function describeRefusals(document: OpenAPIObject, facts: ReadonlyMap<string, RouteFacts>): void {
  const used = new Set<string>();
  const shared: Record<string, DocumentedResponse> = {};
  for (const { operation } of operationsOf(document)) {
    const own = (operation[REFUSALS] ?? {}) as Codes;
    const general = generalCodes(operation, facts.get(operation.operationId ?? ''));
    Reflect.deleteProperty(operation, REFUSALS);
    for (const status of new Set([...Object.keys(own), ...Object.keys(general)])) {
      const codes = [...new Set([...(own[status] ?? []), ...(general[status] ?? [])])];
      // A probe that fails answers in its own words.
      if (codes.length === 0 || operation.responses[status]?.content) continue;
      codes.forEach((code) => used.add(code));
      const name = [status, ...codes].join('.');
      shared[name] ??= refusal(status, codes);
      operation.responses[status] = own[status] ? shared[name] : { $ref: `#/components/responses/${name}` };
    }
  }
  document.components ??= {};
  document.components.responses = referenced(document, shared) as NonNullable<OpenAPIObject['components']>['responses'];
  document.components.examples = Object.fromEntries(
    [...used].sort().map((code) => {
      const value = refusalExample(code);
      return [code, { summary: value.message, value }];
    }),
  );
}

/** Without those that stand at their routes. */
function referenced(
  document: OpenAPIObject,
  shared: Record<string, DocumentedResponse>,
): Record<string, DocumentedResponse> {
  const names = new Set(
    operationsOf(document).flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? []),
    ),
  );
  return Object.fromEntries(Object.entries(shared).filter(([name]) => names.has(name)));
}

function refusal(status: string, codes: readonly string[]): DocumentedResponse {
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: `${MEANINGS[status] ?? 'A refusal'}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
    content: { 'application/json': { schema: { $ref: getSchemaPath(ErrorResponse) }, examples } },
  };
}
