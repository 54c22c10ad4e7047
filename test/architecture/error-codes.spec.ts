import { join } from 'node:path';
import { productSources, type UsedCodes, usedCodes } from './codes';
import { FIXTURES, ROOT } from './sources';
import { disagreements, readTexts, textsOfCodes } from './texts';

const BAD = join(FIXTURES, 'codes');

function withoutText(used: UsedCodes, codes: Map<string, string[]>): string[] {
  return [...used.keys()].filter((code) => !codes.has(code)).sort();
}

/** The general codes of common.json are a vocabulary that any feature may use next. */
function unused(codes: Map<string, string[]>, used: UsedCodes): string[] {
  return [...codes].flatMap(([code, [module]]) => (used.has(code) || module === 'common' ? [] : [code])).sort();
}

function inSeveral(codes: Map<string, string[]>): string[] {
  return [...codes]
    .filter(([, modules]) => modules.length > 1)
    .map(([code, modules]) => `${code}: ${modules.join(', ')}`);
}

describe('the codes of the sources and the texts of i18n/', () => {
  const texts = readTexts(join(ROOT, 'i18n'));
  const codes = textsOfCodes(texts);
  let used: UsedCodes;

  beforeAll(() => {
    used = usedCodes(productSources());
  }, 60_000);

  it('know every way in which a code is written', () => {
    expect([...used.keys()]).toEqual(
      expect.arrayContaining([
        'slot_unavailable', // a property of an error
        'server_error', // a property of a literal
        'payload_too_large', // a table of codes
        'too_short', // a default of an option
        'invalid_currency', // an argument
        'invalid_type', // a validator's message
        'email_verified', // an acknowledgement
      ]),
    );
  });

  it('agree: every code has a text', () => {
    expect(withoutText(used, codes)).toEqual([]);
  });

  it('agree: every text of a code has the code', () => {
    expect(unused(codes, used)).toEqual([]);
  });

  it('name a code in one module only', () => {
    expect(inSeveral(codes)).toEqual([]);
  });

  it('have the same keys and placeholders in all languages', () => {
    expect(disagreements(texts)).toEqual([]);
  });
});

describe('the same checks on bad fixtures', () => {
  const texts = readTexts(join(BAD, 'i18n'));
  const codes = textsOfCodes(texts);
  let used: UsedCodes;

  beforeAll(() => {
    used = usedCodes([join(BAD, 'fixture.errors.ts')]);
  }, 60_000);

  it('find codes without a text', () => {
    expect(withoutText(used, codes)).toEqual([
      'forgotten_argument',
      'forgotten_choice',
      'forgotten_default',
      'forgotten_error',
      'forgotten_fault',
      'forgotten_message',
      'forgotten_option',
    ]);
  });

  it('find a text whose code is gone', () => {
    expect(unused(codes, used)).toEqual(['retired_code']);
  });

  it('find a code in two modules', () => {
    expect(inSeveral(codes)).toEqual(['known_code: booking, coach']);
  });

  it('find what a language lacks', () => {
    expect(disagreements(texts)).toEqual(
      [
        'es: booking.codes.known_code is empty',
        'fr: booking.codes.retired_code is missing',
        'languages: en, es, fr',
        'fr: booking.greeting.text has other placeholders than en',
      ].sort(),
    );
  });
});
