import { Temporal } from 'temporal-polyfill';
import type { GuidedSet } from 'src/modules/performance/sessions/guided-training.types';
import { actualOf, completionOf, type Course, targetResultOf } from './progress.rules';

/** A Monday. */
const START = '2026-03-02';
const day = (offset: number): Temporal.PlainDate => Temporal.PlainDate.from(START).add({ days: offset });
const course = (more: Partial<Course>): Course => ({
  ...{ startDate: START, totalWeeks: 4, plannedDays: [0, 2, 4], today: day(0), trainedOn: [] },
  ...more,
});

describe('the completion of a plan', () => {
  it.each([
    ['before the start', { today: day(-1), trainedOn: [day(-1)] }, [0, 0, 0, 0]],
    ['on the first day', { trainedOn: [day(0)] }, [3, 1, 33.3, 1]],
    ['on the last day of a week', { today: day(6), trainedOn: [day(0), day(2), day(4)] }, [3, 3, 100, 1]],
    ['on the first day of the next', { today: day(7), trainedOn: [day(0), day(2), day(4)] }, [6, 3, 50, 2]],
    ['after the end', { today: day(500), trainedOn: [day(0), day(28)] }, [12, 1, 8.3, 4]],
    ['twice a day, planned once', { trainedOn: [day(0), day(0)] }, [3, 1, 33.3, 1]],
    ['twice a day, planned twice', { plannedDays: [0, 0], trainedOn: [day(0), day(0)] }, [2, 2, 100, 1]],
    ['on a day of which nothing was planned', { today: day(1), trainedOn: [day(1)] }, [3, 0, 0, 1]],
    ['of a plan of nothing', { plannedDays: [], trainedOn: [day(0)] }, [0, 0, 0, 1]],
    [
      'of weeks that begin on a Thursday',
      { startDate: '2026-03-05', today: day(9), trainedOn: [day(7)] },
      [3, 1, 33.3, 1],
    ],
  ])('%s', (_, more, expected) => {
    const { plannedSessions, completedSessions, completionPct, currentWeek } = completionOf(course(more));
    expect([plannedSessions, completedSessions, completionPct, currentWeek]).toEqual(expected);
  });
});

describe('how a training met its target', () => {
  const aim = { targetSets: 3, targetReps: 10, targetWeightKg: 40 as number | null, isTimed: false };
  const set = (setsCount: number, reps: number | null, weightKg: number | null, durationSeconds = null): GuidedSet => ({
    ...{ setsCount, reps, weightKg, durationSeconds },
  });

  it.each<[string, GuidedSet[], Partial<typeof aim>, string]>([
    ['nothing', [], {}, 'none'],
    ['all of it', [set(3, 10, 40)], {}, 'reached'],
    ['all of it, in rows', [set(1, 12, 40), set(2, 10, 45)], {}, 'reached'],
    ['all of it after a warm-up', [set(2, 10, 20), set(3, 10, 40)], {}, 'reached'],
    ['two of three', [set(2, 10, 40)], {}, 'partial'],
    ['two and one too light', [set(2, 10, 40), set(1, 10, 37.5)], {}, 'partial'],
    ['too light', [set(3, 10, 37.5)], {}, 'missed'],
    ['too few repetitions', [set(3, 9, 40)], {}, 'missed'],
    ['without a word on the weight', [set(3, 10, null)], {}, 'partial'],
    ['body weight where none is asked for', [set(3, 10, 0)], { targetWeightKg: null }, 'reached'],
    ['no weight where zero is asked for', [set(3, 10, null)], { targetWeightKg: 0 }, 'reached'],
  ])('%s', (_, sets, more, expected) => {
    expect(targetResultOf({ ...aim, ...more }, sets)).toBe(expected);
  });

  const timed = { ...aim, targetSets: 1, targetReps: 20, targetWeightKg: null, isTimed: true };
  it.each<[string, Partial<GuidedSet>, string, number | null]>([
    ['a time', { durationSeconds: 1_200 }, 'reached', 20],
    ['a time that is short of it', { durationSeconds: 1_199 }, 'missed', 19],
    ['minutes written as repetitions', { reps: 20 }, 'reached', 20],
    ['a time before repetitions', { reps: 99, durationSeconds: 600 }, 'missed', 10],
    ['neither', {}, 'partial', null],
  ])('counted in minutes: %s', (_, more, expected, minutes) => {
    const sets = [{ ...set(1, null, null), ...more }];
    expect(targetResultOf(timed, sets)).toBe(expected);
    expect(actualOf(timed, sets)).toEqual({ actualReps: minutes, actualWeightKg: null });
  });

  it('is shown by its heaviest set, of equally heavy ones by the longest', () => {
    const sets = [set(1, 12, null), set(1, 20, 10), set(1, 3, 50), set(1, 5, 50), set(1, null, 50)];
    expect(actualOf(aim, sets)).toEqual({ actualReps: 5, actualWeightKg: 50 });
    expect(actualOf(aim, [])).toEqual({ actualReps: null, actualWeightKg: null });
  });
});
