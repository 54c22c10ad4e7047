import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { completionOf } from './progress.rules';

const START = Temporal.PlainDate.from('2026-03-02');
const day = (offset: number): Temporal.PlainDate => START.add({ days: offset });

describe('the completion of a plan', () => {
  const courses = fc.record({
    startDate: fc.nat(6).map((offset) => day(offset).toString()),
    totalWeeks: fc.integer({ min: 1, max: 6 }),
    plannedDays: fc.array(fc.nat(6), { maxLength: 8 }),
    today: fc.integer({ min: -3, max: 60 }).map(day),
    trainedOn: fc.array(fc.integer({ min: -3, max: 60 }).map(day), { maxLength: 40 }),
  });

  it('never counts more than was planned, and grows with every session', () => {
    fc.assert(
      fc.property(courses, fc.integer({ min: 0, max: 60 }), (given, extra) => {
        const now = completionOf(given);
        expect(now.completedSessions).toBeLessThanOrEqual(now.plannedSessions);
        expect(now.completionPct).toBeGreaterThanOrEqual(0);
        expect(now.completionPct).toBeLessThanOrEqual(100);
        expect(Math.round(now.completionPct * 10) / 10).toBe(now.completionPct);
        const next = completionOf({ ...given, trainedOn: [...given.trainedOn, day(extra)] });
        expect(next.completedSessions - now.completedSessions).toBeGreaterThanOrEqual(0);
        expect(next.completedSessions - now.completedSessions).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is whole for whoever trains whatever was planned, however often besides', () => {
    fc.assert(
      fc.property(courses, (given) => {
        const { currentWeek, plannedSessions } = completionOf(given);
        const start = Temporal.PlainDate.from(given.startDate);
        const whole = Array.from({ length: currentWeek * 7 }, (_, offset) => start.add({ days: offset })).flatMap(
          (date) => given.plannedDays.filter((planned) => planned === date.dayOfWeek - 1).map(() => date),
        );
        expect(completionOf({ ...given, trainedOn: [...given.trainedOn, ...whole] }).completedSessions).toBe(
          plannedSessions,
        );
      }),
    );
  });
});
