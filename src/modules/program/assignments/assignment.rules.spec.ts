import { seedAfter, SEEDS } from './assignment.rules';

describe('the seed of a plan that is made anew', () => {
  it.each([
    [null, 1],
    [1, 2],
    [0, 1],
    [-1, 0],
    [SEEDS.first, SEEDS.first + 1],
    [SEEDS.last - 1, SEEDS.last],
    [SEEDS.last, 1],
  ])('after %s is %s', (last, expected) => {
    expect(seedAfter(last)).toBe(expected);
  });
});
