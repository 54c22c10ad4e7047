import { faultsOfAnswer } from 'test/support/api-schema';
import type { People } from './people';
import type { Exchange } from './sent';
import { ruleOf } from './step';

interface Refusal {
  detail?: string;
  errors?: { field: string; code: string }[];
}

/** Faults of form that a schema can tell of: a request that the document allows must not be refused by one of them. */
const OF_FORM = new Set([
  'required',
  'invalid_type',
  'invalid_value',
  'invalid_format',
  'too_short',
  'too_long',
  'too_small',
  'too_large',
  'too_many',
]);

/** What the rules of the field know beyond its schema, each with its reason. */
const BEYOND_SCHEMAS: readonly (readonly [RegExp, string])[] = [
  [/pricing.* session_count too_large/, 'a single session has one, whatever the maximum of packages'],
  [/ (first_name|last_name) invalid_format/, 'what looks like a formula or an address is no name'],
  [/ domain invalid_format/, 'a name that can be looked up'],
  [/ (birth_date|date|measured_at|logged_at|paid_at) too_large/, 'not after now, which moves'],
  [/ (birth_date|date|measured_at|logged_at) too_small/, 'not too long before now, which moves'],
  [/work-schedule days invalid_value/, 'each day once'],
  [/packages (name|sessions_total|price_cents) required/, 'unless a price of the coach says them'],
  [/payments booking_id invalid_value/, 'for a package or for a session, not both'],
  [/payments.* status invalid_value/, 'what is cancelled was not paid at a time'],
  [/reorder \d+\.id invalid_value/, 'each row once'],
  [/verify-email\/request email required/, 'unless a key says whose it is'],
  [/ (valid_until|start_date|expires_at) too_small/, 'not before now, which moves'],
  [/stats\/week week_start invalid_value/, 'a Monday'],
  [/import (mapping|file) /, 'what stands in the file decides'],
];

/** Where 502 says that a provider has refused a code, and 503 that something is not as it should be. */
const UNAVAILABLE = /\/integrations\/\w+\/callback$|\/health$|\/readyz$/;

function media(headers: Exchange['headers']): string {
  return (headers['content-type'] ?? '').split(';')[0] ?? '';
}

function ofTransport({ step: { route }, status, headers, text, json }: Exchange): string[] {
  const documented = route.responses[String(status)] ?? (status >= 400 ? route.responses['default'] : undefined);
  const types = Object.keys(documented?.content ?? {});
  const isServerError = status >= 500 && !(status !== 500 && UNAVAILABLE.test(route.path));
  const hasBody = text !== '' && route.verb !== 'head';
  return [
    ...(isServerError ? [`a server error: ${text.slice(0, 400)}`] : []),
    ...(documented || route.verb === 'head' ? [] : [`${String(status)} is not documented`]),
    ...(headers['x-request-id'] ? [] : ['no X-Request-Id']),
    ...(hasBody && types.length > 0 && !types.includes(media(headers))
      ? [`${media(headers)} instead of ${types.join(' or ')}`]
      : []),
    ...(media(headers) === 'application/json' && route.verb !== 'head'
      ? faultsOfAnswer(route.verb, route.path, status, status === 204 ? undefined : json)
      : []),
  ];
}

/** The codes that the document names for a status of a route, if it names them. */
function namedCodes({ step: { route }, status }: Exchange): string[] {
  const examples = route.responses[String(status)]?.content?.['application/json']?.examples;
  return Object.keys(examples ?? {});
}

function ofRefusals(exchange: Exchange): string[] {
  const { status, json } = exchange;
  if (status < 400 || exchange.step.route.verb === 'head') return [];
  const { detail = '' } = (json ?? {}) as Refusal;
  const codes = namedCodes(exchange);
  const isNamed = codes.length === 0 || codes.includes(detail);
  return isNamed ? [] : [`${String(status)} ${detail} is not among the codes of the document`];
}

function isRefusedForAccess({ status, json }: Exchange): boolean {
  const { detail = '' } = (json ?? {}) as Refusal;
  return status === 401 || detail === 'forbidden' || detail.startsWith('account_');
}

function ofAccess(exchange: Exchange): string[] {
  const { actor, route } = exchange.step;
  const { who } = ruleOf(route);
  const isKeyless = actor === 'nobody' || actor === 'forged';
  if (who !== 'public' && isKeyless && exchange.status !== 401) return [`${actor} is not refused`];
  const role = actor === 'admin' ? 3 : actor.endsWith('coach') ? 2 : 1;
  const needed = { public: 0, any: 1, coach: 2, admin: 3 }[who];
  return !isKeyless && role < needed && exchange.status !== 403 ? [`a ${actor} is not refused`] : [];
}

function ofValidity(exchange: Exchange): string[] {
  const { step, status, json } = exchange;
  const { detail, errors = [] } = (json ?? {}) as Refusal;
  if (!step.fault) {
    const unfounded = errors.filter(
      ({ field, code }) =>
        OF_FORM.has(code) && !BEYOND_SCHEMAS.some(([pattern]) => pattern.test(`${step.route.name} ${field} ${code}`)),
    );
    return unfounded.map(({ field, code }) => `refused, though the document allows it: ${field} ${code}`);
  }
  if (!step.fault.isCertain || isRefusedForAccess(exchange) || step.route.verb === 'head') return [];
  if (status < 400) return [`${step.fault.field} ${step.fault.kind} is accepted`];
  if (detail !== 'validation_error' || step.fault.field === '') return [];
  const [field = ''] = step.fault.field.split('.');
  const isFieldNamed = errors.some((error) => error.field === field || error.field.startsWith(`${field}.`));
  return isFieldNamed
    ? []
    : [
        `${step.fault.field} ${step.fault.kind} is not named, but ${JSON.stringify(errors.map(({ field: name, code }) => `${name} ${code}`))}`,
      ];
}

/** Pages and files for admins and developers show everybody's data: that is their purpose. */
function ofSecrets(people: People, { step: { actor, route }, text }: Exchange): string[] {
  const isForAll = actor === 'admin' || route.path.startsWith('/sandbox');
  return isForAll ? [] : people.secretsIn(text).map((secret) => `shows ${secret}, of somebody else`);
}

/** What is wrong with an answer. */
export function faultsOfExchange(people: People, exchange: Exchange): string[] {
  return [
    ...ofTransport(exchange),
    ...ofRefusals(exchange),
    ...ofAccess(exchange),
    ...ofValidity(exchange),
    ...ofSecrets(people, exchange),
  ];
}
