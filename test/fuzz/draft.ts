import fc from 'fast-check';
import type { Parameter, Route } from './document';
import { validValue } from './valid-values';

/** A request before the places in it are filled. */
export interface Draft {
  path: Record<string, unknown>;
  /** In the order in which they are written; a name may come twice. */
  query: readonly (readonly [name: string, value: unknown])[];
  headers: Record<string, string>;
  body?: unknown;
  /** Sent as it is instead of the body. */
  raw?: string;
  contentType?: string;
}

/** The pictures and tables that a caller sends: good ones, and ones that are something else. */
export interface Upload {
  fields: Record<string, string>;
  file?: { name: string; text: string } | { name: string; picture: true };
}

const FILES: readonly (readonly [RegExp, NonNullable<Upload['file']>])[] = [
  [/avatar/, { name: 'me.png', picture: true }],
  [
    /gyms/,
    {
      name: 'clubs.csv',
      text: 'chain_name,name,address,zip_code,city,country,lat,lng\nBasic,Club Bellecour,,69002,Lyon,FR,45.75,4.83\n',
    },
  ],
  [
    /performances/,
    {
      name: 'sets.csv',
      text: 'title,start_time,end_time,exercise_title,set_index,weight_kg,reps\nJambes,"20 Feb 2026, 18:30","20 Feb 2026, 19:42",Squat (Barbell),0,40,8\nJambes,"31 Feb 2026, 18:30",,?,x,NaN,-1\n',
    },
  ],
];
const OTHER_FILES: readonly NonNullable<Upload['file']>[] = [
  { name: 'me.png', text: 'no picture' },
  { name: 'empty.csv', text: '' },
  { name: 'bytes.csv', text: '\u0000\u0001,"\n\n"' },
];

function uploadOf(path: string): fc.Arbitrary<Upload> {
  const own = FILES.filter(([pattern]) => pattern.test(path)).map(([, file]) => file);
  return fc.record({
    fields: fc.constantFrom<Record<string, string>>({}, {}, { weight_unit: 'kg' }, { mapping: '{"date":"date"}' }),
    file: fc.oneof(
      { arbitrary: fc.constantFrom(...own), weight: 3 },
      { arbitrary: fc.constantFrom(...OTHER_FILES), weight: 1 },
    ),
  });
}

function parameters(route: Route, place: Parameter['in']): Parameter[] {
  return route.parameters.filter((parameter) => parameter.in === place && parameter.name !== 'authorization');
}

function pathOf(route: Route): fc.Arbitrary<Record<string, unknown>> {
  const named = [...new Map(parameters(route, 'path').map((each) => [each.name, each])).values()];
  return fc.record(
    Object.fromEntries(named.map(({ name, schema }) => [name, validValue(schema, name, route.path, true)])),
  );
}

function queryOf(route: Route): fc.Arbitrary<Draft['query']> {
  const values = parameters(route, 'query').map(({ name, schema, required }) => {
    const value = validValue(schema, name, route.path, false, required).map((one) =>
      Array.isArray(one) ? (one as unknown[]) : [one],
    );
    const pairs = value.map((list) => list.filter((one) => one !== null).map((one) => [name, one] as const));
    return required ? pairs : fc.oneof({ arbitrary: fc.constant([]), weight: 3 }, { arbitrary: pairs, weight: 1 });
  });
  return fc.tuple(...values).map((lists) => lists.flat());
}

/** Sometimes a key for repeats; few of them, so that they meet. */
function headersOf(route: Route): fc.Arbitrary<Record<string, string>> {
  const none = fc.constant({});
  if (!parameters(route, 'header').some(({ name }) => name === 'Idempotency-Key')) return none;
  const key = fc.integer({ min: 0, max: 99 }).map((n) => ({ 'Idempotency-Key': `fuzz-${String(n)}` }));
  return fc.oneof({ arbitrary: none, weight: 9 }, { arbitrary: key, weight: 1 });
}

function bodyOf(route: Route): fc.Arbitrary<unknown> {
  if (!route.body) return fc.constant(undefined);
  return route.body.type === 'multipart/form-data'
    ? uploadOf(route.path)
    : validValue(route.body.schema, '', route.path);
}

/** Names of which the first is not to be after the second. */
const RANGES = [
  ['from', 'to'],
  ['date_from', 'date_to'],
  ['starts_at', 'ends_at'],
  ['start_time', 'end_time'],
] as const;
/** What has to be said twice alike. */
const CONFIRMED = ['password', 'new_password'] as const;

/** What no schema says: a beginning comes before its end, and what is confirmed is the same. */
function sensible(values: Record<string, unknown>): Record<string, unknown> {
  const result = { ...values };
  for (const [first, second] of RANGES) {
    const both = [values[first], values[second]].filter((value) => typeof value === 'string').sort();
    if (both.length === 2) [result[first], result[second]] = both;
  }
  for (const name of CONFIRMED)
    if ('confirm_password' in values && name in values) result['confirm_password'] = values[name];
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sensibleDraft(draft: Draft): Draft {
  const once = sensible(Object.fromEntries(draft.query));
  const query = draft.query.map(
    ([name, value]) =>
      [name, RANGES.some((range) => range.some((each) => each === name)) ? once[name] : value] as const,
  );
  return { ...draft, query, ...(isRecord(draft.body) && { body: sensible(draft.body) }) };
}

/** What a well-meaning caller asks of a route. */
export function draftOf(route: Route): fc.Arbitrary<Draft> {
  return fc
    .record({
      path: pathOf(route),
      query: queryOf(route),
      headers: headersOf(route),
      body: bodyOf(route),
      contentType: fc.constant(route.body?.type),
    })
    .map(sensibleDraft);
}
