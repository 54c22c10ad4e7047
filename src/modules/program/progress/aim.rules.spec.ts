import { aimsOf } from './aim.rules';

const place = (id: string, exerciseTypeId: string, dayOfWeek: number, plannedKg: number | null = null) => ({
  ...{ id, exerciseTypeId, dayOfWeek, plannedKg, targetSets: 3, targetReps: 10 },
});

describe('what is looked for of a plan', () => {
  it('is each exercise once, on any day, where the plan asks the same each time', () => {
    const { aims, keyOf } = aimsOf([place('a', 'squat', 0), place('b', 'row', 0), place('c', 'squat', 3)]);
    expect(aims).toEqual([
      { key: 'a', exerciseTypeId: 'squat', days: null },
      { key: 'b', exerciseTypeId: 'row', days: null },
    ]);
    expect([...keyOf]).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'a'],
    ]);
  });

  it('is told apart by days where it asks for different things, and once for days alike', () => {
    const plan = [place('a', 'squat', 0, 80), place('b', 'squat', 3, 60), place('c', 'squat', 0, 40)];
    const { aims, keyOf } = aimsOf([...plan, place('d', 'squat', 3, 60)]);
    expect(aims).toEqual([
      { key: 'a', exerciseTypeId: 'squat', days: [0] },
      { key: 'b', exerciseTypeId: 'squat', days: [3] },
    ]);
    expect([...keyOf.values()]).toEqual(['a', 'b', 'a', 'b']);
  });

  it('is no more than exercises and days, however long the plan is', () => {
    const plan = Array.from({ length: 2_500 }, (_, at) => place(String(at), 'squat', at % 7, at));
    expect(aimsOf(plan).aims).toHaveLength(7);
  });
});
