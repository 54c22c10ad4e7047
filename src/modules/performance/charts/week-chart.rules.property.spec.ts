import fc from 'fast-check';
import { textWidth } from 'src/common/chart/svg';
import { type NamedMuscle, weekLayout } from './week-chart.rules';

const amounts = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 4, maxLength: 52 });
const muscles = fc
  .array(fc.record({ name: fc.string({ minLength: 1, maxLength: 24 }), sets: fc.integer({ min: 1, max: 999 }) }), {
    maxLength: 15,
  })
  .map((all): NamedMuscle[] => all.sort((one, other) => other.sets - one.sets));
const width = fc.integer({ min: 320, max: 1_600 });
const lay = (pixels: number, weeks: readonly number[], worked: readonly NamedMuscle[], isLifted = true) =>
  weekLayout({ width: pixels, top: 60, amounts: weeks, isLifted, amountText: String, muscles: worked });

describe('the bars of the weeks', () => {
  it('stand side by side within their plot, as high as what they tell', () => {
    fc.assert(
      fc.property(amounts, muscles, width, fc.boolean(), (weeks, worked, pixels, isLifted) => {
        const { bars, box, height } = lay(pixels, weeks, worked, isLifted);
        expect(bars).toHaveLength(weeks.length);
        for (const [at, bar] of bars.entries()) {
          const before = bars[at - 1];
          expect(bar.x).toBeGreaterThanOrEqual(before ? before.x + before.width : box.left);
          expect(bar.x + bar.width).toBeLessThanOrEqual(box.right + 1e-6);
          expect(bar.top).toBeGreaterThanOrEqual(box.top - 1e-6);
          const share = (box.bottom - bar.top) / (weeks[at] ?? 0);
          if (weeks[at] === 0) expect(bar.top).toBe(box.bottom);
          else
            expect(share).toBeCloseTo((box.bottom - Math.min(...bars.map(({ top }) => top))) / Math.max(...weeks), 6);
        }
        expect(box.bottom).toBeLessThan(height);
        expect(box.right).toBeLessThan(pixels);
      }),
    );
  });
});

describe('the bars of the muscles', () => {
  it('stand below each other within the picture, as long as what they tell, clear of the weeks', () => {
    fc.assert(
      fc.property(amounts, muscles, width, (weeks, worked, pixels) => {
        const { box, height, muscles: rows } = lay(pixels, weeks, worked);
        if (!rows) {
          expect(worked).toEqual([]);
          return;
        }
        expect(rows.rows).toHaveLength(worked.length);
        expect(rows.start > box.right || rows.top > box.bottom).toBe(true);
        const longest = rows.rows[0]?.width ?? 0;
        for (const [at, { y, width: length }] of rows.rows.entries()) {
          const { sets = 0 } = worked[at] ?? {};
          expect(length).toBeCloseTo((longest * sets) / (worked[0]?.sets ?? 1), 6);
          expect(rows.left + length + textWidth(String(sets), 11)).toBeLessThanOrEqual(pixels);
          expect(y).toBeLessThan(height);
          expect(y).toBeGreaterThan(rows.rows[at - 1]?.y ?? rows.top);
        }
        expect(longest).toBeGreaterThan(0);
      }),
    );
  });
});
