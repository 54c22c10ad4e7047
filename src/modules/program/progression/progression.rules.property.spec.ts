import fc from 'fast-check';
import { type Course, decide, type DoneSession, type DoneSets, MOST_KG, resultOf, STEP_KG } from './progression.rules';

const weight = fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4);
const rows: fc.Arbitrary<DoneSets[]> = fc.array(
  fc.record({
    setsCount: fc.integer({ min: 1, max: 4 }),
    reps: fc.option(fc.integer({ min: 3, max: 7 }), { freq: 8 }),
    weightKg: fc.option(weight, { freq: 8 }),
  }),
  { maxLength: 3 },
);
const sessions: fc.Arbitrary<DoneSession[]> = fc
  .array(rows, { maxLength: 5 })
  .map((all) =>
    all.map((sets, at) => ({ sessionId: String(at), trainedAt: new Date(Date.UTC(2026, 2, at + 1)), sets })),
  );
const course: fc.Arbitrary<Course> = fc
  .record({
    target: fc.record({
      sets: fc.integer({ min: 1, max: 4 }),
      reps: fc.integer({ min: 4, max: 6 }),
      weightKg: fc.option(weight),
    }),
    takesWeight: fc.boolean(),
    sessions,
    saved: fc.nat({ max: 4 }),
    knownSince: fc.integer({ min: 0, max: 6 }).map((of) => new Date(Date.UTC(2026, 2, of))),
  })
  .map(({ saved, ...rest }) => ({ ...rest, savedId: String(Math.min(saved, rest.sessions.length - 1)) }));

/** The same training, a row for every set. */
function apart(all: readonly DoneSession[]): DoneSession[] {
  return all.map((session) => ({
    ...session,
    sets: session.sets.flatMap((row) => Array.from({ length: row.setsCount }, () => ({ ...row, setsCount: 1 }))),
  }));
}

describe('for every course of training', () => {
  it('a row of n sets counts as n', () => {
    fc.assert(
      fc.property(course, (drawn) => {
        expect(decide({ ...drawn, sessions: apart(drawn.sessions) })).toEqual(decide(drawn));
      }),
    );
  });

  it('a target moves by one step, within its bounds, or not at all', () => {
    fc.assert(
      fc.property(course, (drawn) => {
        const decision = decide(drawn);
        if (decision.act === 'keep') return;
        const from = drawn.target.weightKg;
        expect(decision.toKg).not.toBe(from);
        expect(decision.toKg).toBeGreaterThanOrEqual(0);
        expect(decision.toKg).toBeLessThanOrEqual(MOST_KG);
        if (decision.act === 'first') expect(from).toBeNull();
        if (decision.act === 'raise') expect(decision.toKg).toBe((from ?? Number.NaN) + STEP_KG);
        if (decision.act === 'lower') expect(decision.toKg).toBe(Math.max(0, (from ?? Number.NaN) - STEP_KG));
      }),
    );
  });

  it('nothing but the exercise and its target decides whether it can have a weight', () => {
    fc.assert(
      fc.property(course, (drawn) => {
        expect(decide({ ...drawn, takesWeight: false })).toEqual({ act: 'keep', reason: 'body_weight' });
      }),
    );
  });

  it('doing more never lowers a target, and never takes a raise away', () => {
    const rank = { lower: 0, keep: 1, first: 2, raise: 2 };
    fc.assert(
      fc.property(course, (drawn) => {
        const better = drawn.sessions.map((session) => ({
          ...session,
          sets: session.sets.map((row) => ({ ...row, reps: row.reps === null ? null : row.reps + 1 })),
        }));
        expect(rank[decide({ ...drawn, sessions: better }).act]).toBeGreaterThanOrEqual(rank[decide(drawn).act]);
      }),
    );
  });

  it('a target grows exactly when all of the last three sessions reached it, one of them new', () => {
    fc.assert(
      fc.property(course, (drawn) => {
        const { target } = drawn;
        const window = drawn.sessions.slice(-3);
        const due =
          drawn.takesWeight &&
          target.weightKg !== null &&
          window.length === 3 &&
          window.some(({ sessionId }) => sessionId === drawn.savedId) &&
          window.every(({ sets }) => {
            const good = apart([{ sessionId: '', trainedAt: new Date(0), sets }]).flatMap((one) => one.sets);
            return (
              good.filter(
                ({ reps, weightKg }) =>
                  reps !== null && reps >= target.reps && (weightKg ?? 0) >= (target.weightKg ?? 0),
              ).length >= target.sets
            );
          });
        expect(decide(drawn).act === 'raise').toBe(due);
      }),
    );
  });

  it('what is reached and what is missed is never more than was done, nor than was planned', () => {
    fc.assert(
      fc.property(course, ({ sessions: [session], target }) => {
        if (!session) return;
        const { reached, missed } = resultOf(session, target);
        expect(reached).toBeLessThanOrEqual(apart([session])[0]?.sets.length ?? 0);
        expect(missed).toBeLessThanOrEqual(target.sets);
        expect(
          reached + missed >= target.sets || session.sets.some((row) => row.reps === null || row.weightKg === null),
        ).toBe(true);
      }),
    );
  });
});
