import { linearScale, niceTicks } from './scale';

describe('round numbers of an axis', () => {
  it.each([
    [0, 100, 4, [0, 25, 50, 75, 100]],
    [57.5, 90, 4, [50, 60, 70, 80, 90]],
    [0, 2_850, 2, [0, 2_000, 4_000]],
    [0, 13_600, 4, [0, 5_000, 10_000, 15_000]],
    [0.1, 0.3, 2, [0.1, 0.2, 0.3]],
    [60, 60, 4, [60, 60.25, 60.5, 60.75, 61]],
  ])('from %d to %d in about %i steps', (least, most, intervals, ticks) => {
    expect(niceTicks(least, most, intervals)).toEqual(ticks);
  });

  it.each([
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
  ])('have no halves where things are counted: up to %i', (most, ticks) => {
    expect(niceTicks(0, most, 4, { whole: true })).toEqual(ticks);
  });
});

describe('a scale', () => {
  it('puts a single value in the middle', () => {
    expect(linearScale([5, 5], [0, 300])(5)).toBe(150);
  });
});
