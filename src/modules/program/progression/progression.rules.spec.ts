import type { Equipment } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import {
  daysOfEach,
  decide,
  type Decision,
  type DoneSession,
  type DoneSets,
  type Prescription,
  resultOf,
  takesWeight,
  type Target,
} from './progression.rules';

const TARGET: Target = { sets: 3, reps: 10, weightKg: 40 };
const day = (of: number): Date => new Date(Date.UTC(2026, 2, of, 18));
const row = (setsCount: number, reps: number | null, weightKg: number | null): DoneSets => ({
  setsCount,
  reps,
  weightKg,
});
const FULL = [row(3, 10, 40)];
const ONE_SHORT = [row(2, 10, 40), row(1, 9, 40)];
const TWO_SHORT = [row(1, 10, 40), row(2, 9, 40)];

/** Sessions of consecutive days, the last of them just saved. */
function sessionsOf(...sets: DoneSets[][]): DoneSession[] {
  return sets.map((rows, at) => ({ sessionId: String(at + 1), trainedAt: day(at + 1), sets: rows }));
}
function after(sessions: DoneSession[], more: Partial<Parameters<typeof decide>[0]> = {}): Decision {
  const savedId = sessions.at(-1)?.sessionId ?? '';
  return decide({ target: TARGET, takesWeight: true, sessions, savedId, knownSince: day(0), ...more });
}
/** `act kilograms`, or why it stays. */
function shortly(decision: Decision): string {
  return decision.act === 'keep' ? decision.reason : `${decision.act} ${String(decision.toKg)}`;
}

describe('what a session says about 3 × 10 at 40 kg', () => {
  it.each<[string, DoneSets[], number, number]>([
    ['one row of three sets', [row(3, 10, 40)], 3, 0],
    ['three rows of one set', [row(1, 10, 40), row(1, 12, 40), row(1, 10, 45)], 3, 0],
    ['more sets than planned', [row(5, 10, 40)], 5, 0],
    ['lighter sets to warm up, besides', [row(2, 15, 20), row(3, 10, 40)], 3, 0],
    ['a repetition too few in one set', ONE_SHORT, 2, 1],
    ['half a kilogram too little in one set', [row(2, 10, 40), row(1, 10, 39.5)], 2, 1],
    ['two sets instead of three', [row(2, 10, 40)], 2, 1],
    ['one set instead of three', [row(1, 10, 40)], 1, 2],
    ['body weight where 40 kg were asked', [row(3, 10, 0)], 0, 3],
    ['sets without a weight: they prove nothing', [row(3, 10, null)], 0, 0],
    ['sets without repetitions: they prove nothing', [row(3, null, 40)], 0, 0],
    ['too few repetitions, of whatever weight', [row(3, 5, null)], 0, 3],
    ['too little weight, of however many repetitions', [row(3, null, 30)], 0, 3],
    ['no set at all', [], 0, 3],
  ])('%s', (_, sets, reached, missed) => {
    expect(resultOf({ sets }, TARGET)).toEqual({ reached, missed });
  });

  it('asks no weight where the target has none, or is nothing', () => {
    for (const weightKg of [null, 0])
      for (const lifted of [null, 0, 20])
        expect(resultOf({ sets: [row(3, 10, lifted)] }, { ...TARGET, weightKg })).toEqual({ reached: 3, missed: 0 });
  });
});

describe('a target weight', () => {
  it.each<[string, DoneSets[][], string]>([
    ['grows after three good sessions', [FULL, FULL, FULL], 'raise 42.5'],
    ['waits for the third of them', [FULL, FULL], 'on_the_way'],
    ['waits for three in a row', [FULL, ONE_SHORT, FULL, FULL], 'on_the_way'],
    ['forgets what was before the last three', [TWO_SHORT, FULL, FULL, FULL], 'raise 42.5'],
    ['stays after one missed set', [FULL, FULL, ONE_SHORT], 'one_missed'],
    ['stays after one missed set, however often', [ONE_SHORT, ONE_SHORT, ONE_SHORT], 'one_missed'],
    ['sinks after two missed sets', [FULL, FULL, TWO_SHORT], 'lower 37.5'],
    ['sinks after a single such session', [TWO_SHORT], 'lower 37.5'],
    ['sinks by the last session alone', [TWO_SHORT, TWO_SHORT, FULL], 'on_the_way'],
    ['stays while nobody says what he lifts', [[row(3, 10, null)], FULL, FULL], 'on_the_way'],
  ])('%s', (_, history, expected) => {
    expect(shortly(after(sessionsOf(...history)))).toBe(expected);
  });

  it.each([
    [0, 'at_zero'],
    [1, 'lower 0'],
    [2.5, 'lower 0'],
    [2.75, 'lower 0.25'],
    [9_999, 'lower 9996.5'],
  ])('of %d kg sinks to nothing at the lowest: %s', (weightKg, expected) => {
    const decision = after(sessionsOf([row(1, 1, 0)]), { target: { ...TARGET, weightKg } });
    expect(shortly(decision)).toBe(expected);
  });

  it.each([
    [0, 'raise 2.5'],
    [41.27, 'raise 43.77'],
    [9_998, 'raise 9999'],
    [9_999, 'at_most'],
  ])('of %d kg grows up to what can be written down: %s', (weightKg, expected) => {
    const good = [row(3, 10, 9_999)];
    expect(shortly(after(sessionsOf(good, good, good), { target: { ...TARGET, weightKg } }))).toBe(expected);
  });

  it('says why it was changed, in figures', () => {
    const figures = { sets: 3, reps: 10, weight_kg: 40 };
    expect(after(sessionsOf(FULL, FULL, FULL))).toMatchObject({
      reason: { key: 'raised', figures: { sessions: 3, ...figures } },
    });
    expect(after(sessionsOf([row(1, 10, 40)]))).toMatchObject({
      reason: { key: 'lowered', figures: { missed: 2, ...figures } },
    });
  });

  it('of a single set never sinks: two sets can not be missed', () => {
    expect(shortly(after(sessionsOf([]), { target: { ...TARGET, sets: 1 } }))).toBe('one_missed');
  });
});

describe('a session written down later than it took place', () => {
  const [monday, tuesday, wednesday] = sessionsOf(FULL, TWO_SHORT, FULL);
  if (!monday || !tuesday || !wednesday) throw new Error('three sessions');

  it('can be the third good one', () => {
    const sessions = sessionsOf(FULL, FULL, FULL);
    for (const savedId of ['1', '2', '3']) expect(shortly(after(sessions, { savedId }))).toBe('raise 42.5');
  });

  it('lets nobody be judged again by the session after it', () => {
    expect(shortly(after([monday, tuesday], { savedId: '1' }))).toBe('nothing_new');
    expect(shortly(after([monday, tuesday, wednesday], { savedId: '2' }))).toBe('nothing_new');
  });

  it('says nothing when three others came after it', () => {
    expect(shortly(after(sessionsOf(TWO_SHORT, FULL, FULL, FULL), { savedId: '1' }))).toBe('nothing_new');
  });

  it('does not miss a target that its owner could not know, but can reach it', () => {
    const misses = sessionsOf(TWO_SHORT);
    for (const since of [day(1), day(2)]) expect(shortly(after(misses, { knownSince: since }))).toBe('not_known_yet');
    expect(shortly(after(misses, { knownSince: new Date(day(1).getTime() - 1) }))).toBe('lower 37.5');
    expect(shortly(after(sessionsOf(FULL, FULL, FULL), { knownSince: day(20) }))).toBe('raise 42.5');
  });
});

describe('where there is no target weight yet', () => {
  const target = { ...TARGET, weightKg: null };
  it.each<[string, DoneSets[][], string]>([
    [
      'the lowest weight of three good sessions becomes it',
      [[row(3, 10, 22.5)], [row(2, 10, 20), row(1, 10, 25)], [row(3, 12, 30)]],
      'first 20',
    ],
    ['two of them are not enough', [[row(3, 10, 20)], [row(3, 10, 20)]], 'no_target_yet'],
    ['each of them has all repetitions', [[row(3, 10, 20)], [row(3, 9, 20)], [row(3, 10, 20)]], 'no_target_yet'],
    ['it is 5 kg when no weight was given', [[row(3, 10, null)], [row(3, 10, null)], [row(3, 10, 0)]], 'first 5'],
    ['body weight is none of the weights used', [[row(3, 10, 0)], [row(3, 10, 12)], [row(3, 10, null)]], 'first 12'],
    ['nothing is taken from nothing', [[row(1, 3, 20)]], 'no_target_yet'],
  ])('%s', (_, history, expected) => {
    expect(shortly(after(sessionsOf(...history), { target }))).toBe(expected);
  });

  it('it says where the first one comes from', () => {
    const weighed = [row(3, 10, 20)];
    expect(after(sessionsOf(weighed, weighed, weighed), { target })).toMatchObject({
      reason: { key: 'first_weight', figures: { sessions: 3, weight_kg: 20 } },
    });
    const bare = [row(3, 10, null)];
    expect(after(sessionsOf(bare, bare, bare), { target })).toMatchObject({
      reason: { key: 'first_without_weights', figures: { sessions: 3 } },
    });
  });

  it('body-weight exercises never get one', () => {
    expect(shortly(after(sessionsOf(FULL, FULL, FULL), { target, takesWeight: false }))).toBe('body_weight');
  });
});

describe('a target weight belongs to', () => {
  it.each<[ExerciseCategory, Equipment[], number | null, boolean]>([
    ['strength', ['barbell', 'bench'], null, true],
    ['strength', ['dumbbells'], null, true],
    ['strength', ['kettlebell'], null, true],
    ['strength', ['machines'], null, true],
    ['strength', ['cables'], 0, true],
    ['strength', [], null, false],
    ['strength', [], 0, false],
    ['strength', ['bench'], null, false],
    ['strength', ['pull_up_bar'], null, false],
    ['strength', ['bands'], null, false],
    ['strength', ['pull_up_bar'], 10, true],
    ['cardio', ['cardio_machines'], null, false],
    ['cardio', ['kettlebell'], null, false],
    ['yoga', ['dumbbells'], null, false],
    ['hiit', ['jump_rope'], null, false],
  ])('%s with %j, planned with %j kg: %j', (category, equipment, plannedKg, expected) => {
    expect(takesWeight({ category, equipment }, plannedKg)).toBe(expected);
  });
});

describe('the sessions that count for a place in the plan', () => {
  const squat = (dayOfWeek: number, targetSets: number, plannedKg: number | null): Prescription => ({
    ...{ exerciseTypeId: 'squat', dayOfWeek, targetSets, targetReps: 8, plannedKg },
  });
  const row8: Prescription = { ...squat(2, 5, 70), exerciseTypeId: 'row' };

  it('are those of every day, where the plan asks for one thing', () => {
    expect(daysOfEach([squat(0, 3, 60), row8])(squat(0, 3, 60))).toBeNull();
    expect(daysOfEach([squat(0, 3, 60), row8, squat(3, 3, 60)])(squat(0, 3, 60))).toBeNull();
  });

  it('are those of its own days, where it asks for different ones', () => {
    const plan = [squat(0, 3, 60), squat(3, 5, 40), squat(5, 3, 60), row8];
    expect(plan.map(daysOfEach(plan))).toEqual([[0, 5], [3], [0, 5], null]);
  });
});
