import fc from 'fast-check';
import { resolved, type Schema } from './document';
import { kindNamed, Reference } from './references';

/** The moment at which the fuzzer's clock stands. */
export const NOW = '2026-03-02T06:00:00Z';
const DAY_MS = 86_400_000;
const start = Date.parse(NOW);

/** Words that a schema cannot tell from others: what the field means decides. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  timezone: ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC'],
  locale: ['fr-FR', 'en-GB', 'es-ES', 'pt-PT'],
  country: ['FR', 'ES', 'PT', 'GB', 'US'],
  currency: ['EUR', 'USD', 'GBP'],
  languages: ['fr', 'en', 'es', 'pt'],
  specialties: ['yoga', 'cardio', 'muscu'],
  specialty: ['yoga', 'cardio', 'muscu'],
  phone: ['+33612345678', '+33687654321', '+447911123456'],
  platform: ['instagram', 'strava', 'website', 'android'],
  url: ['https://instagram.com/camille', 'https://strava.com/athletes/1', 'https://example.com/me'],
  provider: ['strava', 'google_calendar', 'withings', 'garmin'],
  file: ['default_male.svg', 'default_female.svg', 'default_neutral.svg'],
  name: ['expire_packages', 'mark_late_payments', 'purge_expired_tokens', 'send_session_reminders'],
  version: ['1.0', '2'],
};
/** Moments that may be written as days, and are so here. */
const MOMENTS = new Set(['from', 'to', 'date_from', 'date_to']);
/** What may be so long that it takes minutes: the jobs of a year run one after another. */
const MOST: Readonly<Record<string, number>> = { seconds: 172_800 };
/** Whose words hold for a parameter of a path only. */
const WORDS_OF_PATHS = new Set(['file', 'name', 'provider']);

/** Text that breaks where it is put into a statement, a page or a sheet instead of being stored. */
export const INJECTIONS: readonly string[] = [
  "' OR '1'='1",
  "'; DROP TABLE users; --",
  '1) UNION SELECT NULL, version() --',
  '" OR ""="',
  '%27%20OR%201=1',
  '\\',
  '%_',
  '$1',
  ':id',
  "x' || pg_sleep(3) || '",
  '<script>alert(1)</script>',
  '{{7*7}} ${7*7}',
  '=1+1',
];

const letter = fc.constantFrom(...'abcdefgé ïñ-ßøZ9ŵ👟漢,.');

function text(min: number, max: number): fc.Arbitrary<string> {
  const most = Math.min(max, 60);
  const written = fc
    .array(letter, { minLength: min, maxLength: Math.max(min, most) })
    .map((letters) => letters.join('').replace(/^\s|\s$/g, 'x'));
  const hostile = INJECTIONS.filter((each) => each.length >= min && each.length <= max);
  const atBounds = fc.constantFrom('x'.repeat(Math.max(min, 1)), 'y'.repeat(Math.min(max, 2_000)));
  return fc.oneof(
    { arbitrary: written, weight: 6 },
    { arbitrary: atBounds, weight: 1 },
    ...(hostile.length > 0 ? [{ arbitrary: fc.constantFrom(...hostile), weight: 2 }] : []),
  );
}

/** Near the clock, on the quarter of an hour. */
const instant = fc
  .integer({ min: -20 * 96, max: 40 * 96 })
  .map((quarters) => new Date(start + (quarters * DAY_MS) / 96).toISOString().replace('.000', ''));
const day = fc.integer({ min: -20, max: 40 }).map((days) => new Date(start + days * DAY_MS).toISOString().slice(0, 10));

const FORMATS: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
  'date-time': () => instant,
  date: () => day,
  uuid: () => fc.uuid(),
  email: () => fc.integer({ min: 0, max: 1e9 }).map((n) => `fuzz-${String(n)}@example.com`),
  password: () => fc.constantFrom('Correct-Horse-7', 'Another-Horse-8'),
  uri: () => fc.integer({ min: 0, max: 1e6 }).map((n) => `https://example.com/${String(n)}`),
};

function stringOf(schema: Schema, name: string, path: string, inPath: boolean): fc.Arbitrary<unknown> {
  const words = WORDS[name];
  const other =
    words && (inPath || !WORDS_OF_PATHS.has(name))
      ? fc.constantFrom(...words)
      : (FORMATS[schema.format ?? (MOMENTS.has(name) ? 'date' : '')]?.() ?? patterned(schema));
  const kind = kindNamed(name, path);
  if (!kind || (schema.format === undefined && !inPath && kind !== 'slot')) return other;
  const otherwise = schema.format === 'uuid' || kind !== 'slot' ? fc.uuid() : instant;
  return fc.tuple(fc.nat({ max: 4 }), otherwise).map(([at, text]) => new Reference(kind, at, text));
}

function patterned({ pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  return pattern
    ? fc.stringMatching(new RegExp(pattern)).filter((each) => each.length >= minLength && each.length <= maxLength)
    : text(minLength, maxLength);
}

function numberOf({ type, minimum = 0, maximum = 1_000, multipleOf = 1, not }: Schema): fc.Arbitrary<number> {
  const unit = type === 'integer' ? 1 : multipleOf;
  const parts = Math.round(1 / unit);
  const within = fc
    .integer({ min: Math.ceil(minimum * parts), max: Math.floor(maximum * parts) })
    .map((n) => n / parts);
  const small = fc
    .integer({ min: Math.ceil(minimum), max: Math.max(Math.ceil(minimum), Math.min(maximum, 100)) })
    .map((n) => Math.min(n, maximum));
  const any = fc.oneof(small, within, fc.constantFrom(minimum, maximum));
  return any.filter((n) => !not?.enum?.includes(n));
}

function sometimes(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, { arbitrary: value, weight: 1 });
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  path: string,
): fc.Arbitrary<unknown> {
  if (additionalProperties) return fc.record({ fr: text(1, 40), en: text(1, 40) }, { requiredKeys: ['fr', 'en'] });
  const fields = Object.entries(properties).map(([name, part]): [string, fc.Arbitrary<unknown>] => {
    const value = validValue(part, name, path);
    // Few of many fields that may be left out: each that names a row may name the wrong one.
    return [name, required.includes(name) ? value : sometimes(value)];
  });
  return fc
    .record(Object.fromEntries(fields))
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
}

/** What a schema allows, and a well-meaning caller sends. */
export function validValue(
  schema: Schema,
  name: string,
  path: string,
  inPath = false,
  isRequired = false,
): fc.Arbitrary<unknown> {
  const whole = resolved(schema);
  const value = ((): fc.Arbitrary<unknown> => {
    if (whole.enum) return fc.constantFrom(...whole.enum);
    if (whole.type === 'array')
      return fc.uniqueArray(validValue(whole.items ?? {}, name, path), {
        minLength: whole.minItems ?? (isRequired ? 1 : 0),
        maxLength: Math.min(whole.maxItems ?? 4, 4),
        selector: (item) => (item instanceof Reference ? item.at : JSON.stringify(item)),
      });
    if (whole.type === 'integer' || whole.type === 'number')
      return numberOf({ ...whole, maximum: MOST[name] ?? whole.maximum });
    if (whole.type === 'boolean') return fc.boolean();
    if (whole.type === 'object' || whole.properties) return objectOf(whole, path);
    return stringOf(whole, name, path, inPath);
  })();
  return whole.nullable
    ? fc.oneof({ arbitrary: value, weight: 4 }, { arbitrary: fc.constant(null), weight: 1 })
    : value;
}
