import { decimalOf, minutesOf, noteOf, secondsOf, Unreadable, wholeOf, within } from './import-value.format';

function refusal(read: () => unknown): string {
  try {
    return `read ${String(read())}`;
  } catch (error) {
    return error instanceof Unreadable ? error.code : String(error);
  }
}

describe('a number of a file', () => {
  it.each([
    ['', null],
    ['62.5', 62.5],
    ['62,5', 62.5],
    ['62.49999237060547', 62.49999237060547],
    ['-20', -20],
    ['+7', 7],
  ])('is read: %j', (text, value) => {
    expect(decimalOf(text)).toBe(value);
  });

  it.each(['1e3', '1.234,5', 'NaN', 'Infinity', '0x10', '60 kg', '9999999999', '.', '1'.repeat(50_000)])(
    'is not read: %.20s',
    (text) => {
      expect(refusal(() => decimalOf(text))).toBe('line_invalid_number');
    },
  );

  it('may have an empty fraction where it must be whole', () => {
    expect(wholeOf('10.0')).toBe(10);
    expect(refusal(() => wholeOf('8.5'))).toBe('line_invalid_number');
  });

  it('is taken at its bounds and not beyond', () => {
    expect([within(0, 0, 10), within(10, 0, 10), within(null, 0, 10)]).toEqual([0, 10, null]);
    expect([-1, 11].map((value) => refusal(() => within(value, 0, 10)))).toEqual([
      'line_out_of_range',
      'line_out_of_range',
    ]);
  });
});

describe('a duration of a file', () => {
  it.each([
    ['', null],
    ['1h 5m', 3_900],
    ['45m', 2_700],
    ['45 min', 2_700],
    ['50s', 50],
    ['2h', 7_200],
    ['1H 2M 3S', 3_723],
    ['1:05:30', 3_930],
  ])('is read: %j', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(['45', 'an hour', '1:5', '5m 1h', `${'1'.repeat(50_000)}h`])('is not read: %.20s', (text) => {
    expect(refusal(() => secondsOf(text))).toBe('line_invalid_number');
  });

  it('is told in minutes, from one to six hundred', () => {
    expect([null, 0, 1, 29, 90, 36_029].map(minutesOf)).toEqual([null, null, 1, 1, 2, 600]);
    expect([36_030, -60, -10].map((seconds) => refusal(() => minutesOf(seconds)))).toEqual([
      'line_out_of_range',
      'line_out_of_range',
      'line_out_of_range',
    ]);
  });
});

describe('a note of a file', () => {
  it('keeps its lines, and characters of two units count once', () => {
    expect(noteOf(' two\nlines ', 9)).toBe('two\nlines');
    expect(noteOf('🏋'.repeat(500), 500)).toHaveLength(1_000);
    expect(noteOf('  ', 5)).toBeNull();
  });

  it('is refused when it is too long, or holds what cannot be kept', () => {
    expect(refusal(() => noteOf('x'.repeat(501), 500))).toBe('line_out_of_range');
    expect(refusal(() => noteOf('bell\u0007', 500))).toBe('line_out_of_range');
  });
});
