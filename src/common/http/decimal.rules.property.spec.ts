import fc from 'fast-check';
import { fitsDecimals } from './decimal.rules';

const LARGEST = 9_999_999.999;

describe('a value of three decimals', () => {
  it('is one whenever it is written with three', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), (thousandths) => {
        expect(fitsDecimals(thousandths / 1_000, 3)).toBe(true);
      }),
    );
  });

  it('is none whenever the fourth is there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        fc.integer({ min: 1, max: 9 }),
        (whole, last) => {
          expect(fitsDecimals(Number(`${(whole / 1_000).toFixed(3)}${String(last)}`), 3)).toBe(false);
        },
      ),
    );
  });

  it.each([1e-7, -1e-9, 0.0001, LARGEST + 0.0005, Number.MIN_VALUE])('is none: %d', (value) => {
    expect(fitsDecimals(value, 3)).toBe(false);
  });

  it.each([0, -0, LARGEST, -LARGEST, 72.5])('is one: %d', (value) => {
    expect(fitsDecimals(value, 3)).toBe(true);
  });
});
