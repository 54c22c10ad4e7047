import fc from 'fast-check';
import { type ChartPoint, type Plot, progressionLayout } from './progression-chart.rules';

const weight = fc.option(
  fc.integer({ min: 0, max: 999_900 }).map((hundredths) => hundredths / 100),
  { nil: null },
);
const session = fc.record({
  gap: fc.integer({ min: 0, max: 90 * 86_400_000 }),
  weight,
  amount: fc.integer({ min: 0, max: 1_000_000 }),
  isRecord: fc.boolean(),
});
const points = fc.array(session, { minLength: 1, maxLength: 80 }).map((sessions): ChartPoint[] => {
  let at = Date.UTC(2020, 0, 1);
  return sessions.map(({ gap, ...rest }) => ({ ...rest, at: new Date((at += gap)), weightKg: null }));
});
const width = fc.integer({ min: 320, max: 1_600 });
const format = { weight: String, amount: String };

/** What is higher in the world is higher on the picture. */
function expectInOrder(plot: Plot, valueOf: (point: ChartPoint) => number): void {
  const rising = [...plot.places].sort((one, other) => valueOf(one.point) - valueOf(other.point));
  for (const [at, place] of rising.slice(1).entries()) {
    const lower = rising[at];
    if (lower) expect(place.y).toBeLessThanOrEqual(lower.y + 1e-6);
  }
}

function expectInside({ box, places }: Plot, air: number): void {
  for (const { x, y } of places) {
    expect(x - air).toBeGreaterThanOrEqual(box.left);
    expect(x + air).toBeLessThanOrEqual(box.right);
    expect(y).toBeGreaterThanOrEqual(box.top - 1e-6);
    expect(y).toBeLessThanOrEqual(box.bottom + 1e-6);
  }
}

describe('the places of a progression', () => {
  it('lie within their plots, later ones further right, higher values higher up', () => {
    fc.assert(
      fc.property(points, width, (sessions, pixels) => {
        const layout = progressionLayout(sessions, { width: pixels, top: 60 }, format);
        for (const plot of [layout.weights, layout.amounts]) {
          if (!plot) continue;
          expectInside(plot, layout.barWidth / 2);
          for (const [at, place] of plot.places.slice(1).entries())
            expect(place.x).toBeGreaterThanOrEqual(plot.places[at]?.x ?? 0);
          expect(plot.box.left).toBeGreaterThan(0);
          expect(plot.box.right).toBeLessThan(pixels);
          expect(plot.box.bottom).toBeLessThan(layout.height);
        }
        if (layout.weights) expectInOrder(layout.weights, (point) => point.weight ?? 0);
        if (layout.amounts) expectInOrder(layout.amounts, (point) => point.amount);
        if (layout.weights && layout.amounts) expect(layout.amounts.box.top).toBeGreaterThan(layout.weights.box.bottom);
      }),
    );
  });

  it('are those of every session that tells a weight, as soon as one is lifted', () => {
    fc.assert(
      fc.property(points, width, (sessions, pixels) => {
        const { weights, amounts } = progressionLayout(sessions, { width: pixels, top: 60 }, format);
        const told = sessions.filter((point) => point.weight !== null);
        const isLifted = told.some((point) => (point.weight ?? 0) > 0);
        expect(weights?.places.map(({ point }) => point)).toEqual(isLifted ? told : undefined);
        const isMoved = sessions.some(({ amount }) => amount > 0);
        expect(amounts?.places.map(({ point }) => point)).toEqual(isMoved ? sessions : undefined);
      }),
    );
  });

  it('leave room for words above the heaviest', () => {
    fc.assert(
      fc.property(points, width, (sessions, pixels) => {
        const { weights } = progressionLayout(sessions, { width: pixels, top: 60 }, format);
        if (!weights) return;
        expect(Math.min(...weights.places.map(({ y }) => y)) - weights.box.top).toBeGreaterThanOrEqual(20);
      }),
    );
  });
});
