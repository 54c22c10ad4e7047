import type { ApiDocument, NamedOperation, Operation } from 'test/architecture/openapi-document';
import { bodiesOf, operationsOf } from 'test/architecture/openapi-document';

/** The parts of the format Postman Collection v2.1 that ours has; Bruno, Insomnia and Hoppscotch read it too. */
export interface Collection {
  info: { name: string; description: string; schema: string };
  auth: { type: 'apikey'; apikey: { key: string; value: string; type: 'string' }[] };
  variable: { key: string; value: string }[];
  item: Folder[];
}

export interface Folder {
  name: string;
  description: string;
  item: CollectedRequest[];
}

export interface CollectedRequest {
  name: string;
  event?: { listen: 'test'; script: { type: 'text/javascript'; exec: string[] } }[];
  request: {
    method: string;
    description: string;
    auth?: { type: 'noauth' };
    header: { key: string; value: string; disabled?: boolean }[];
    url: { raw: string; host: string[]; path: string[]; query?: { key: string; value: string; disabled: true }[] };
    body?:
      | { mode: 'raw'; raw: string; options: { raw: { language: 'json' } } }
      | { mode: 'formdata'; formdata: { key: string; type: 'file'; src: null }[] };
  };
}

/** Where an answer goes into a variable: operation to lines of its script, run after it. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  'post /auth/register': [
    'const { api_key, user } = pm.response.json();',
    "pm.collectionVariables.set('api_key', api_key);",
    "pm.collectionVariables.set(user.role + '_key', api_key);",
    "pm.collectionVariables.set(user.role + '_id', user.id);",
  ],
  'post /auth/login': [
    'const { api_key, user } = pm.response.json();',
    "pm.collectionVariables.set('api_key', api_key);",
    "pm.collectionVariables.set(user.role + '_key', api_key);",
    "pm.collectionVariables.set(user.role + '_id', user.id);",
  ],
  'post /bookings': ["pm.collectionVariables.set('booking_id', pm.response.json().id);"],
  'post /coaches/pricing': ["pm.collectionVariables.set('pricing_id', pm.response.json().id);"],
  'post /coaches/programs': ["pm.collectionVariables.set('plan_id', pm.response.json().id);"],
  'get /coaches/{id}/slots': [
    'const [slot] = pm.response.json().slots;',
    "if (slot) pm.collectionVariables.set('slot_datetime', slot.scheduled_at);",
  ],
};

/** Whose id `{id}` is, by how the path begins; the longest beginning counts. */
const IDS: readonly [beginning: string, variable: string][] = [
  ['/coaches/clients/', 'client_id'],
  ['/coaches/programs/', 'plan_id'],
  ['/coaches/pricing/', 'pricing_id'],
  ['/coaches/', 'coach_id'],
  ['/bookings/', 'booking_id'],
  ['/performances/for-client/', 'client_id'],
  ['/packages/', 'package_id'],
];

function variableOf(path: string, name: string): string {
  if (name !== 'id') return name;
  const [, variable] = IDS.find(([beginning]) => path.startsWith(`${beginning}{`)) ?? [];
  return variable ?? `${path.split('/').filter((part) => !part.startsWith('{'))[1] ?? 'row'}_id`.replaceAll('-', '_');
}

function headersOf({ parameters = [] }: Operation): CollectedRequest['request']['header'] {
  const isRepeatable = parameters.some(({ name }) => name === 'Idempotency-Key');
  return [
    { key: 'Accept-Language', value: '{{language}}' },
    ...(isRepeatable ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : []),
  ];
}

/** The fields of a body that a variable knows better than an example. */
const KNOWN: Readonly<Record<string, string>> = {
  coach_id: '{{coach_id}}',
  client_id: '{{client_id}}',
  booking_id: '{{booking_id}}',
  pricing_id: '{{pricing_id}}',
  scheduled_at: '{{slot_datetime}}',
};

function bodyOf(operation: Operation): CollectedRequest['request']['body'] {
  const [example] = bodiesOf(operation);
  if (example !== undefined) {
    const raw = JSON.stringify(example, (key, value: unknown) => KNOWN[key] ?? value, 2);
    return { mode: 'raw', raw, options: { raw: { language: 'json' } } };
  }
  const isForm = operation.requestBody?.content['multipart/form-data'] !== undefined;
  return isForm ? { mode: 'formdata', formdata: [{ key: 'file', type: 'file', src: null }] } : undefined;
}

function requestOf({ name, verb, path, operation }: NamedOperation): CollectedRequest {
  const address = path.replace(/\{(\w+)\}/g, (_, parameter: string) => `{{${variableOf(path, parameter)}}}`);
  const query = (operation.parameters ?? []).filter((each) => each.in === 'query');
  const body = bodyOf(operation);
  const script = SCRIPTS[name];
  return {
    name: operation.summary ?? name,
    ...(script && { event: [{ listen: 'test', script: { type: 'text/javascript', exec: [...script] } }] }),
    request: {
      method: verb.toUpperCase(),
      description: operation.description ?? '',
      ...(operation.security?.length === 0 && { auth: { type: 'noauth' } }),
      header: headersOf(operation),
      url: {
        raw: `{{base_url}}${address}`,
        host: ['{{base_url}}'],
        path: address.split('/').filter(Boolean),
        ...(query.length > 0 && { query: query.map((each) => ({ key: each.name, value: '', disabled: true })) }),
      },
      ...(body && { body }),
    },
  };
}

/**
 * Every operation of the document as a request that can be sent: a folder for each chapter, the examples as bodies, and
 * scripts that keep keys and ids of answers for the requests after them.
 */
export function collectionOf(document: ApiDocument): Collection {
  const operations = operationsOf(document);
  const item = (document.tags ?? []).flatMap(({ name, description = '' }): Folder[] => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(name));
    return own.length > 0 ? [{ name, description, item: own.map(requestOf) }] : [];
  });
  const variables = new Set(
    item.flatMap((folder) => [...JSON.stringify(folder).matchAll(/\{\{(\w+)\}\}/g)].map(([, each = '']) => each)),
  );
  const known: Record<string, string> = {
    base_url: 'http://localhost:3000',
    language: 'en',
    api_key: '',
    coach_key: '',
    client_key: '',
  };
  return {
    info: {
      name: 'MyCoach',
      description: 'Register or sign in first: the key of the answer is sent from then on. Made of docs/openapi.json.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'X-API-Key', type: 'string' },
        { key: 'value', value: '{{api_key}}', type: 'string' },
        { key: 'in', value: 'header', type: 'string' },
      ],
    },
    variable: Object.keys({ ...known, ...Object.fromEntries([...variables].sort().map((each) => [each, ''])) }).map(
      (key) => ({ key, value: known[key] ?? '' }),
    ),
    item,
  };
}
