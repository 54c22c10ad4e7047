import * as fc from 'fast-check';
import { type ScaleLayout, scaleLayout, type ScalePlot, type ScalePoint } from './scale-chart.rules';

const TOP = 60;

const point = fc.record({
  at: fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true }),
  weight: fc.integer({ min: 1, max: 110_000 }).map((hundredths) => hundredths / 100),
  weightKg: fc.constant(0),
  fatPct: fc.option(fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)),
});
const points = fc
  .array(point, { minLength: 1, maxLength: 60 })
  .map((some) => some.sort((one, other) => one.at.getTime() - other.at.getTime()));
const width = fc.integer({ min: 320, max: 1_600 });

const laidOut = (some: readonly ScalePoint[], wide: number): ScaleLayout =>
  scaleLayout(some, { width: wide, top: TOP }, String);
const plotsOf = ({ weights, fats }: ScaleLayout): ScalePlot[] => [weights, ...(fats ? [fats] : [])];

describe('the layout of the chart of a scale', () => {
  it('keeps everything on the picture, and each spot in its plot', () => {
    fc.assert(
      fc.property(points, width, (some, wide) => {
        const layout = laidOut(some, wide);
        for (const { box, spots, ticks } of plotsOf(layout)) {
          expect(box.left).toBeGreaterThan(0);
          expect(box.right).toBeLessThan(wide);
          expect(box.top).toBeGreaterThan(TOP);
          expect(box.bottom).toBeLessThan(layout.height);
          for (const { x, y } of spots) {
            expect(x).toBeGreaterThanOrEqual(box.left);
            expect(x).toBeLessThanOrEqual(box.right);
            expect(y).toBeGreaterThanOrEqual(box.top - 1e-6);
            expect(y).toBeLessThanOrEqual(box.bottom + 1e-6);
          }
          for (const { place } of ticks) expect(place).toBeGreaterThanOrEqual(box.top - 1e-6);
        }
      }),
    );
  });

  it('shows every weight, and every fat that was told, in the order of time', () => {
    fc.assert(
      fc.property(points, width, (some, wide) => {
        const { weights, fats } = laidOut(some, wide);
        expect(weights.spots.map((spot) => spot.point)).toEqual(some);
        const told = some.filter(({ fatPct }) => fatPct !== null);
        expect(fats?.spots.map((spot) => spot.point) ?? []).toEqual(told);
        const across = weights.spots.map(({ x }) => x);
        expect(across).toEqual([...across].sort((one, other) => one - other));
      }),
    );
  });

  it('draws what is heavier higher, and never one panel over the other', () => {
    fc.assert(
      fc.property(points, width, (some, wide) => {
        const { weights, fats } = laidOut(some, wide);
        const byWeight = [...weights.spots].sort((one, other) => one.point.weight - other.point.weight);
        for (const [place, { y }] of byWeight.slice(1).entries())
          expect(y).toBeLessThanOrEqual((byWeight[place]?.y ?? 0) + 1e-6);
        if (fats) expect(fats.box.top).toBeGreaterThan(weights.box.bottom);
      }),
    );
  });
});
