import fc from 'fast-check';
import { editedWeek, newWeek } from './plan.rules';
import type { ExerciseDraft, SessionDraft } from './plan.types';

/** Ids in the order in which they are asked for: new1, new2 … */
function ids(prefix: string): () => string {
  let count = 0;
  return () => `${prefix}${String(++count)}`;
}

const exercise = (exerciseTypeId: string, targetWeightKg: number | null, targetReps: number): ExerciseDraft => ({
  ...{ exerciseTypeId, targetSets: 3, targetReps, targetWeightKg, orderIndex: 0 },
});
const session = (dayOfWeek: number, name: string, exercises: ExerciseDraft[]): SessionDraft => ({
  ...{ dayOfWeek, name, estimatedDurationMin: null, restSeconds: 90, orderIndex: 0, exercises },
});

describe('the rows of a week after an edit', () => {
  const drafts = fc.array(
    fc.record({
      day: fc.nat(2),
      name: fc.constantFrom('A', 'B'),
      exercises: fc.array(
        fc.tuple(fc.constantFrom('squat', 'press', 'row'), fc.constantFrom(null, 40, 50), fc.constantFrom(5, 10)),
        { maxLength: 6 },
      ),
    }),
    { maxLength: 5 },
  );
  const weekOf = (
    wanted: { day: number; name: string; exercises: [string, number | null, number][] }[],
  ): SessionDraft[] =>
    wanted.map(({ day, name, exercises }) =>
      session(
        day,
        name,
        exercises.map(([type, kg, reps]) => exercise(type, kg, reps)),
      ),
    );

  it('are those that were wanted, each of its own id, and as many are kept as there can be', () => {
    fc.assert(
      fc.property(drafts, drafts, (was, is) => {
        const old = newWeek('plan', weekOf(was), ids('old'));
        const wanted = weekOf(is);
        const after = editedWeek('plan', old, wanted, ids('new'));
        const all = [...after.sessions, ...after.exercises].map(({ id }) => id);
        expect(new Set(all).size).toBe(all.length);
        const bySession = after.sessions.map(({ id, planId: _, ...rest }) => ({
          ...rest,
          exercises: after.exercises
            .filter(({ sessionId }) => sessionId === id)
            .map(({ id: __, planId: ___, sessionId: ____, ...left }) => left),
        }));
        expect(bySession).toEqual(wanted);
        for (const type of ['squat', 'press', 'row']) {
          const oldIds = old.exercises.filter((one) => one.exerciseTypeId === type).map(({ id }) => id);
          const now = after.exercises.filter((one) => one.exerciseTypeId === type).map(({ id }) => id);
          // A row never becomes another exercise, and none is dropped while the exercise is still planned.
          expect(now.filter((id) => oldIds.includes(id)).length).toBe(Math.min(oldIds.length, now.length));
        }
      }),
    );
  });

  it('are all kept when nothing changes', () => {
    fc.assert(
      fc.property(drafts, (was) => {
        const old = newWeek('plan', weekOf(was), ids('old'));
        const after = editedWeek('plan', old, weekOf(was), ids('new'));
        expect(after.exercises.map(({ id }) => id).sort()).toEqual(old.exercises.map(({ id }) => id).sort());
        expect(after.sessions.map(({ id }) => id).sort()).toEqual(old.sessions.map(({ id }) => id).sort());
      }),
    );
  });
});
