import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Decimal, Text } from './fields';

class Letter {
  @Text({ min: 1, max: 5 })
  required: string;

  @Text({ min: 3, max: 5 })
  line: string;

  @Text({ max: 50, multiline: true })
  body: string;
}

const GOOD = { required: 'x', line: 'abc', body: '' };

function faultsOf(overrides: Record<string, unknown>): string[] {
  return validateSync(plainToInstance(Letter, { ...GOOD, ...overrides })).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((code) => `${property} ${code}`),
  );
}

describe('a text of a request', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['within its limits', {}, []],
    ['of as many characters as it may have', { line: 'abcde' }, []],
    ['of as many characters as it may have, each of two units', { line: '🏋🏋🏋🏋🏋' }, []],
    ['of as few characters as it may have, each of two units', { line: '🏋🏋🏋' }, []],
    ['of too many', { line: 'abcdef' }, ['line too_long']],
    ['of too many of two units', { line: '🏋🏋🏋🏋🏋🏋' }, ['line too_long']],
    ['of too many with the signs that vary them', { line: '❤\ufe0f❤\ufe0f❤\ufe0f' }, ['line too_long']],
    ['of far too many', { line: 'x'.repeat(1_000_000) }, ['line too_long']],
    ['of too few', { line: 'ab' }, ['line too_short']],
    ['of too few, although their units are enough', { line: '🏋🏋' }, ['line too_short']],
    ['of nothing where something is needed', { required: '  ' }, ['required required']],
    ['with a tab in one line', { line: 'a\tb' }, ['line invalid_format']],
    ['with tabs and line ends in several', { body: 'a\tb\r\nc' }, []],
    ['with a control character', { body: 'a\u0007b' }, ['body invalid_format']],
    [
      'with a control character of the second range',
      { body: 'a\u0085b', line: 'a\u009fb' },
      ['line invalid_format', 'body invalid_format'],
    ],
    ['with half of a character', { line: 'ab\ud83c' }, ['line invalid_format']],
    ['that is a number', { line: 42 }, ['line invalid_type']],
  ])('%s has the faults of that and no others', (_, overrides, faults) => {
    expect(faultsOf(overrides)).toEqual(faults);
  });

  it('that is missing is missing first of all', () => {
    expect(faultsOf({ line: undefined })).toContain('line required');
  });
});

class Load {
  @Decimal(0, 9_999)
  weight_kg: number;
}

describe('a number of a request', () => {
  it.each<[unknown, string[]]>([
    [0, []],
    [72.5, []],
    [0.01, []],
    [9_999, []],
    [0.005, ['invalid_type']],
    // Written with an exponent, and with no point in it.
    [1e-7, ['invalid_type']],
    [9_999.01, ['too_large']],
    [-0.01, ['too_small']],
    ['5', ['invalid_type', 'too_large', 'too_small']],
  ])('%p has the faults %p', (weight_kg, faults) => {
    const found = validateSync(plainToInstance(Load, { weight_kg })).flatMap(({ constraints }) =>
      Object.values(constraints ?? {}),
    );
    expect([...new Set(found)].sort()).toEqual(faults);
  });
});
