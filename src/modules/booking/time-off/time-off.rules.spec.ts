import { isOver, isTimeOff } from './time-off.rules';

const START = new Date('2026-03-02T09:00:00Z');
const after = (ms: number): Date => new Date(START.getTime() + ms);
const YEAR = 366 * 86_400_000;

describe('an absence', () => {
  it.each([
    [1, true],
    [0, false],
    [-1, false],
    [YEAR, true],
    [YEAR + 1, false],
  ])('of %d ms: %s', (length, expected) => {
    expect(isTimeOff({ startsAt: START, endsAt: after(length) })).toBe(expected);
  });

  it('is over from its end on', () => {
    expect(isOver({ endsAt: after(1) }, START)).toBe(false);
    expect(isOver({ endsAt: START }, START)).toBe(true);
    expect(isOver({ endsAt: after(-1) }, START)).toBe(true);
  });
});
