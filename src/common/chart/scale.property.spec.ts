import fc from 'fast-check';
import { linearScale, niceTicks } from './scale';

const span = fc
  .tuple(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.double({ min: 1e-3, max: 1e7, noNaN: true }))
  .map(([least, length]): [number, number] => [least, least + Math.max(length, least * 1e-4)]);
const intervals = fc.integer({ min: 1, max: 10 });

describe('round numbers of an axis', () => {
  it('hold all values between the first and the last, at equal steps, and are not many', () => {
    fc.assert(
      fc.property(span, intervals, ([least, most], count) => {
        const ticks = niceTicks(least, most, count);
        const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
        expect(step).toBeGreaterThan(0);
        expect(ticks.at(0)).toBeLessThanOrEqual(least + step * 1e-6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most - step * 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(count + 3);
        for (const [place, tick] of ticks.entries())
          expect(Math.abs(tick - ((ticks[0] ?? 0) + place * step))).toBeLessThan(step * 1e-3);
      }),
    );
  });

  it('are whole where things are counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), intervals, (most, count) => {
        const ticks = niceTicks(0, most, count, { whole: true });
        expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      }),
    );
  });
});

describe('a scale', () => {
  it('keeps the order of values, and its ends', () => {
    fc.assert(
      fc.property(
        span,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const [least, most] = values;
          const scale = linearScale(values, [400, 20]);
          const [one, other] = [least + a * (most - least), least + b * (most - least)];
          expect([scale(least), scale(most)]).toEqual([400, expect.closeTo(20, 6)]);
          if (one < other) expect(scale(one)).toBeGreaterThanOrEqual(scale(other));
          expect(scale(one)).toBeLessThanOrEqual(400);
          expect(scale(one)).toBeGreaterThanOrEqual(20 - 1e-6);
        },
      ),
    );
  });
});
