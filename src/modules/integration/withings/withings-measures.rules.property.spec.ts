import * as fc from 'fast-check';
import { readGroups } from './withings-measures.rules';

const NOW = new Date('2026-03-02T09:00:00Z');
const NOW_SECONDS = NOW.getTime() / 1_000;

const measured = (measures: object[]): ReturnType<typeof readGroups> =>
  readGroups([{ attrib: 0, category: 1, date: NOW_SECONDS - 60, measures }], null, NOW);

describe('what is read of Withings', () => {
  it('is the number that was written, to the hundredth, whatever the unit it is written in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 0, max: 10 }), (hundredths, zeros) => {
        const weight = { type: 1, value: hundredths * 10 ** zeros, unit: -2 - zeros };
        expect(measured([weight]).readings[0]?.weightKg).toBe(hundredths / 100);
      }),
    );
  });

  it('is rounded to the nearest hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 500_004 }), (grams) => {
        const weightKg = measured([{ type: 1, value: grams, unit: -3 }]).readings[0]?.weightKg ?? 0;
        expect(Math.abs(Math.round(weightKg * 1_000) - grams)).toBeLessThanOrEqual(5);
        expect(Number.isInteger(Math.round(weightKg * 1e6) / 1e4)).toBe(true);
      }),
    );
  });

  it('is a share of the weight from nothing to all of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 500_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (grams, part) => {
        const muscle = Math.round(grams * part);
        const pct = measured([
          { type: 1, value: grams, unit: -3 },
          { type: 76, value: muscle * 10, unit: -4 },
        ]).readings[0]?.musclePct;
        expect(pct).toBeGreaterThanOrEqual(0);
        expect(pct).toBeLessThanOrEqual(100);
        expect(Math.abs((pct ?? -1) - (muscle / grams) * 100)).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });

  it('is within what a table keeps, whatever comes, and counts what it leaves out', () => {
    const odd = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.boolean());
    const measure = fc.record(
      {
        type: fc.constantFrom(1, 6, 76, 77, 88, 99, 'x'),
        value: odd,
        unit: fc.oneof(fc.integer({ min: -15, max: 15 }), odd),
      },
      { requiredKeys: [] },
    );
    const group = fc.record(
      {
        category: fc.constantFrom(1, 1, 1, 2, null),
        attrib: fc.constantFrom(0, 0, 0, 1, 2, 'x'),
        date: fc.oneof(fc.integer({ min: 0, max: NOW_SECONDS + 200_000 }), odd),
        modified: odd,
        measures: fc.oneof(fc.array(fc.oneof(measure, odd)), odd),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(group, odd)), fc.option(fc.integer({ min: 50, max: 300 })), (groups, heightCm) => {
        const { readings, skipped } = readGroups(groups, heightCm, NOW);
        const instants = readings.map(({ measuredAt }) => measuredAt.getTime());
        expect(instants).toEqual([...new Set(instants)].sort((one, other) => one - other));
        expect(readings.length + skipped).toBeLessThanOrEqual(groups.length);
        for (const { weightKg, bmi, fatPct, musclePct, waterPct, boneKg } of readings) {
          expect(weightKg).toBeGreaterThan(0);
          expect(weightKg).toBeLessThanOrEqual(500);
          for (const [value, most] of [...[bmi, fatPct, musclePct, waterPct].map((part) => [part, 100]), [boneKg, 50]])
            expect(value === null || ((value ?? -1) >= 0 && (value ?? -1) <= (most ?? 0))).toBe(true);
        }
      }),
    );
  });
});
