import { resolved, type Route, type Schema } from './document';
import type { Draft } from './draft';
import { INJECTIONS } from './valid-values';

/** One thing that is made wrong in a request that was right. */
export interface Fault {
  /** `below the minimum` */
  kind: string;
  /** Of the body or the query; what the refusal has to name. */
  field: string;
  /** The route has to refuse it; else it only must not break. */
  isCertain: boolean;
  /** Undefined where the request has no place for it. */
  applied(draft: Draft): Draft | undefined;
}

type Value = readonly [kind: string, value: unknown, isCertain: boolean];

const WRONG_TYPES: readonly unknown[] = [{}, [], [[]], 1.5, true, 'text', { $ne: null }, ['a', 'a']];
const LONG = 'x'.repeat(10_000);

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function wrongTypes({ type, properties, enum: choices }: Schema): Value[] {
  const own = choices ? 'string' : type === 'integer' ? 'number' : (type ?? (properties ? 'object' : 'string'));
  return WRONG_TYPES.filter((value) => typeOf(value) !== own).map((value) => ['of a wrong type', value, true]);
}

function ofNumbers({ type, minimum, maximum, not }: Schema): Value[] {
  return [
    ...(not?.enum ?? []).map((value): Value => ['of those that are left out', value, true]),
    ...(minimum === undefined ? [] : [['below the minimum', minimum - 1, true] as const]),
    ...(maximum === undefined ? [] : [['above the maximum', maximum + 1, true] as const]),
    ...(type === 'integer'
      ? [['no whole number', 1.5, true] as const, ['beyond 32 bits', 2_147_483_648, true] as const]
      : []),
    ['beyond every number', 1e308, true],
  ];
}

const UNTIMELY: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-02-31', '0000-00-00', '9999-99-99', 'today', '20260302'],
  'date-time': [
    '2026-02-31T10:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-03-02T09:30:00+99:99',
    'now',
  ],
  uuid: ['not-an-id', '1', '2147483648', '00000000-0000-0000-0000-00000000000g'],
  email: ['nobody', '@example.com', 'a@b@c'],
  uri: ['javascript:alert(1)', 'nowhere', 'file:///etc/passwd'],
};

function ofStrings({ format, pattern, minLength = 0, maxLength, enum: choices }: Schema): Value[] {
  if (choices)
    return [
      ['not of the set', 'no_such_value', true],
      ['not of the set', '', true],
      ['not of the set', '__proto__', true],
    ];
  const isFree = !format && !pattern;
  return [
    ...(UNTIMELY[format ?? ''] ?? []).map((value) => ['badly written', value, true] as const),
    ...(pattern && !new RegExp(pattern).test('!') ? [['badly written', '!', true] as const] : []),
    ...(maxLength === undefined ? [] : [['too long', 'x'.repeat(maxLength + 1), true] as const]),
    ...(minLength > 0 ? [['too short', 'x'.repeat(minLength - 1), true] as const] : []),
    ['of 10 000 characters', LONG, !isFree && format !== 'password'],
    ['with a NUL', `${'a'.repeat(minLength)}\u0000`, format !== 'password'],
    ['with half a character', `${'a'.repeat(minLength)}\ud800`, format !== 'password'],
    ...(isFree ? INJECTIONS.map((value) => ['an injection', value, false] as const) : []),
  ];
}

function ofLists(schema: Schema): Value[] {
  const item = resolved(schema.items ?? {});
  const [wrong] = item.type === 'string' || item.enum ? ofStrings(item) : [];
  return [
    ...(schema.maxItems === undefined
      ? []
      : [['of too many items', Array.from({ length: schema.maxItems + 1 }, () => ({})), true] as const]),
    ['with an item of a wrong type', [[]], true],
    ['with nothing for an item', [null], true],
    ...(wrong ? [['with a wrong item', [wrong[1]], wrong[2]] as const] : []),
  ];
}

function valuesOf(schema: Schema): Value[] {
  const whole = resolved(schema);
  const types = wrongTypes(whole);
  if (whole.type === 'integer' || whole.type === 'number')
    return [...types.filter(([, value]) => value !== 1.5), ...ofNumbers(whole)];
  if (whole.type === 'array') return [...types, ...ofLists(whole)];
  if (whole.type === 'string' || whole.enum) return [...types, ...ofStrings(whole)];
  return types;
}

function set(target: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof target !== 'object' || target === null || (rest.length > 0 && !(first in target))) return undefined;
  const inner = rest.length === 0 ? value : set((target as Record<string, unknown>)[first], rest, value);
  if (rest.length > 0 && inner === undefined) return undefined;
  if (Array.isArray(target)) return (target as unknown[]).map((item, at) => (at === first ? inner : item));
  const copy = Object.entries(target).filter(([name]) => name !== first);
  return Object.fromEntries(inner === undefined ? copy : [...copy, [first, inner]]);
}

function inBody(path: readonly (string | number)[], [kind, value, isCertain]: Value): Fault {
  return {
    kind,
    field: path.join('.'),
    isCertain,
    applied: (draft) => {
      const body = set(draft.body, path, value);
      return body === undefined ? undefined : { ...draft, body };
    },
  };
}

function ofFields(schema: Schema, path: readonly (string | number)[] = []): Fault[] {
  const { type, properties = {}, required = [], items } = resolved(schema);
  if (type === 'array' && items && path.length < 3) return ofFields(items, [...path, 0]);
  return Object.entries(properties).flatMap(([name, part]) => {
    const field = [...path, name];
    const missing: Value[] = required.includes(name) ? [['missing', undefined, true]] : [];
    const nothing: Value[] = resolved(part).nullable ? [] : [['null', null, true]];
    const own = [...missing, ...nothing, ...valuesOf(part)].map((value) => inBody(field, value));
    return [...own, ...ofFields(part, field)];
  });
}

const UNKNOWN = {
  id: '1',
  role: 'admin',
  status: 'active',
  coach_id: '1',
  sessions_remaining: 999,
  created_at: '2000-01-01T00:00:00Z',
};

function ofBodies({ body }: Route): Fault[] {
  if (body?.type !== 'application/json') return [];
  const whole = resolved(body.schema);
  const bodies: readonly (readonly [string, Partial<Draft>, boolean])[] = [
    ['a list instead of an object', { body: [1] }, whole.type !== 'array'],
    ['an object instead of a list', { body: { a: 1 } }, whole.type === 'array'],
    ['a word instead of a body', { raw: '"word"' }, true],
    ['no JSON', { raw: '{"a":' }, true],
    ['too deep', { raw: '['.repeat(5_000) + ']'.repeat(5_000) }, true],
    ['another type', { raw: '<a/>', contentType: 'application/xml' }, false],
    ['with __proto__', { raw: '{"__proto__":{"role":"admin"},"constructor":{"prototype":{"x":1}}}' }, false],
  ];
  return [
    ...ofFields(body.schema),
    ...bodies.map(([kind, change, isCertain]) => ({
      kind,
      field: '',
      isCertain,
      applied: (draft: Draft) => ({ ...draft, ...change }),
    })),
    {
      kind: 'with fields of the table',
      field: '',
      isCertain: false,
      applied: (draft) =>
        typeof draft.body === 'object' && !Array.isArray(draft.body)
          ? { ...draft, body: { ...UNKNOWN, ...draft.body } }
          : undefined,
    },
  ];
}

function inQuery(name: string, kind: string, isCertain: boolean, ...values: readonly string[]): Fault {
  const others = (draft: Draft): Draft['query'] => draft.query.filter(([each]) => each !== name);
  return {
    kind,
    field: name,
    isCertain,
    applied: (draft) => ({ ...draft, query: [...others(draft), ...values.map((value) => [name, value] as const)] }),
  };
}

function ofQueries(route: Route): Fault[] {
  return route.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema, required }) => {
      const whole = resolved(schema.type === 'array' ? (schema.items ?? {}) : schema);
      const isNumber = whole.type === 'integer' || whole.type === 'number';
      const values = isNumber ? ofNumbers(whole) : whole.type === 'boolean' ? [] : ofStrings(whole);
      const texts = values.filter(([, value]) => !String(value).includes('\ud800'));
      return [
        ...texts.map(([kind, value, isCertain]) => inQuery(name, kind, isCertain, String(value))),
        ...(isNumber || whole.type === 'boolean'
          ? ['NaN', 'abc', '1e9', '0x10'].map((value) => inQuery(name, 'no number', true, value))
          : []),
        ...(required ? [inQuery(name, 'missing', true)] : []),
        ...(schema.type === 'array' ? [] : [inQuery(name, 'said twice', true, '1', '9')]),
        inQuery(`${name}[]`, 'as a list', false, '1'),
        inQuery(`${name}[$ne]`, 'as an object', false, '1'),
      ];
    });
}

function ofPaths(route: Route): Fault[] {
  const bad = (name: string): readonly string[] =>
    name === 'slot_datetime'
      ? ['soon', '2026-02-31T10:00:00Z', '0000-01-01T00:00:00Z']
      : ['1', 'x'.repeat(36), '\u0000', '2147483648', "1' OR '1'='1"];
  return route.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap(({ name }) =>
      bad(name).map((value) => ({
        kind: 'badly written',
        field: name,
        isCertain: /(^|_)(id|datetime)$/.test(name),
        applied: (draft: Draft) => ({ ...draft, path: { ...draft.path, [name]: value } }),
      })),
    );
}

/** Everything that can be made wrong at a route, one at a time. */
export function faultsOf(route: Route): Fault[] {
  return [...ofBodies(route), ...ofQueries(route), ...ofPaths(route)];
}
