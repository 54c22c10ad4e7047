import { brzycki, epley, oneRepMaxOf } from './one-rep-max.rules';
import type { BestLift } from './statistics.types';

const lift = (reps: number, weightKg: number): BestLift => ({
  reps,
  weightKg,
  at: new Date(Date.UTC(2026, 2, reps)),
  sessionId: `session-${String(reps)}`,
});

describe('what could be lifted once', () => {
  it.each([
    [1, 100, 100, 100],
    [2, 100, 106.67, 102.86],
    [5, 100, 116.67, 112.5],
    [10, 100, 133.33, 133.33],
    [12, 100, 140, 144],
    [3, 82.5, 90.75, 87.35],
  ])('of %i repetitions with %d kg: %d kg by Epley, %d kg by Brzycki', (reps, weightKg, epleyKg, brzyckiKg) => {
    expect(oneRepMaxOf([lift(reps, weightKg)])).toMatchObject({ epleyKg, brzyckiKg });
  });

  it('comes from the set that Epley reckons highest, whose session it names', () => {
    const [single, five, ten] = [lift(1, 100), lift(5, 90), lift(10, 76)];
    expect(oneRepMaxOf([single, five, ten])).toEqual({
      epleyKg: 105,
      brzyckiKg: 101.25,
      at: five.at,
      sessionId: five.sessionId,
    });
  });

  it('comes from the surer of two equal ones', () => {
    expect(oneRepMaxOf([lift(1, 110), lift(3, 100)])).toMatchObject({ sessionId: 'session-1' });
  });

  it('does not ask sets of more than twelve repetitions, or of no weight', () => {
    expect(oneRepMaxOf([lift(12, 50), lift(13, 80), lift(15, 80)])).toMatchObject({ sessionId: 'session-12' });
    expect(oneRepMaxOf([lift(13, 80)])).toBeNull();
    expect(oneRepMaxOf([lift(5, 0)])).toBeNull();
    expect(oneRepMaxOf([])).toBeNull();
  });
});

describe('the two formulas', () => {
  const reps = Array.from({ length: 12 }, (_, at) => at + 1);

  it('rise with the repetitions and with the weight, and never say less than what was lifted', () => {
    for (const formula of [epley, brzycki])
      for (const count of reps) {
        expect(formula(80, count)).toBeGreaterThanOrEqual(80);
        expect(formula(80, count + 1)).toBeGreaterThan(formula(80, count));
        expect(formula(80.25, count)).toBeGreaterThan(formula(80, count));
      }
  });

  it('meet at ten repetitions, Brzycki below before and above after', () => {
    for (const count of reps.slice(1)) {
      const difference = brzycki(80, count) - epley(80, count);
      expect(Math.sign(Math.round(difference * 1e6))).toBe(Math.sign(count - 10));
    }
  });
});
