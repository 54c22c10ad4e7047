import { isOver, isTimeOff, joined } from './time-off.rules';

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

describe('stretches that are joined', () => {
  const at = (hour: number): Date => after(hour * 3_600_000);
  const stretch = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });

  it.each<[string, [number, number][], [number, number][]]>([
    ['nothing', [], []],
    ['one', [[1, 2]], [[1, 2]]],
    [
      'two that touch',
      [
        [1, 2],
        [2, 3],
      ],
      [[1, 3]],
    ],
    [
      'two apart',
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'two alike',
      [
        [1, 2],
        [1, 2],
      ],
      [[1, 2]],
    ],
    [
      'one inside another',
      [
        [1, 4],
        [2, 3],
        [4, 5],
      ],
      [[1, 5]],
    ],
    [
      'in any order',
      [
        [5, 6],
        [3, 4],
        [1, 2],
        [2, 3],
      ],
      [
        [1, 4],
        [5, 6],
      ],
    ],
  ])('%s', (_, given, expected) => {
    const stretches = given.map(([from, to]) => stretch(from, to));
    const before = structuredClone(stretches);
    expect(joined(stretches)).toEqual(expected.map(([from, to]) => stretch(from, to)));
    expect(stretches).toEqual(before);
  });
});
