import { hoursOf } from './hours.rules';

const TALLY = { done: 4, penaltiesInForce: 1, pending: 2, minutesDone: 240 };

describe('the hours of a pair', () => {
  it('count a penalty in force as a session had, and no minute of it', () => {
    expect(hoursOf(TALLY, { remaining: 5, bookable: 3 })).toEqual({
      done: 5,
      remaining: 5,
      bookable: 3,
      total: 10,
      pending: 2,
      minutesDone: 240,
      isLow: false,
    });
  });

  it.each([
    [3, false],
    [2, true],
    [1, true],
  ])('with %i sessions left in active packages are low: %s', (remaining, isLow) => {
    expect(hoursOf(TALLY, { remaining, bookable: 0 }).isLow).toBe(isLow);
  });

  it('without an active package have nothing left, and are not low', () => {
    expect(hoursOf(TALLY, undefined)).toMatchObject({ remaining: 0, bookable: 0, total: 5, isLow: false });
  });
});
