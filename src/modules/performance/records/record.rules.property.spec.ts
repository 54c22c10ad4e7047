import fc from 'fast-check';
import { comparePlaces, earlier, type Lift, recordsAmong } from './record.rules';

const EXERCISES = ['squat', 'bench'];

interface DrawnSession {
  day: number;
  hour: number;
  sets: { exercise: number; weight: number; reps: number | null; order: number }[];
}

const drawn: fc.Arbitrary<DrawnSession[]> = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 6 }),
    hour: fc.integer({ min: 0, max: 2 }),
    sets: fc.array(
      fc.record({
        exercise: fc.integer({ min: 0, max: EXERCISES.length - 1 }),
        weight: fc.integer({ min: 1, max: 8 }),
        reps: fc.option(fc.integer({ min: 0, max: 3 })),
        order: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 4 },
    ),
  }),
  { maxLength: 12 },
);

function liftsOf(sessions: readonly DrawnSession[]): Lift[] {
  return sessions.flatMap(({ day, hour, sets }, session) =>
    sets.map(({ exercise, weight, reps, order }, at) => ({
      setId: `${String(session)}-${String(at)}`,
      sessionId: String(session).padStart(3, '0'),
      trainedAt: new Date(Date.UTC(2026, 2, day)),
      createdAt: new Date(Date.UTC(2026, 2, day, hour)),
      exerciseTypeId: EXERCISES[exercise] ?? '',
      setOrder: order,
      position: at + 1,
      weightKg: weight / 4,
      reps,
    })),
  );
}

/** The rule read word by word: no other set of the session comes before it, and everything earlier is lighter. */
function isRecord(lift: Lift, all: readonly Lift[]): boolean {
  return all
    .filter((other) => other.exerciseTypeId === lift.exerciseTypeId && other.setId !== lift.setId)
    .every((other) => {
      if (other.sessionId !== lift.sessionId) return comparePlaces(other, lift) > 0 || other.weightKg < lift.weightKg;
      const keys = (set: Lift): number[] => [-set.weightKg, -(set.reps ?? -1), set.setOrder, set.position];
      const [own, theirs] = [keys(lift), keys(other)];
      const first = own.findIndex((key, at) => key !== theirs[at]);
      return (own[first] ?? 0) < (theirs[first] ?? 0);
    });
}

const setIdsOf = (lifts: readonly Lift[]): string[] => lifts.map(({ setId }) => setId).sort();

describe('for every history, the records', () => {
  it('are those that the rule names, whatever the order in which the sets come', () => {
    fc.assert(
      fc.property(drawn, fc.func(fc.integer()), (sessions, rank) => {
        const lifts = liftsOf(sessions);
        const named = lifts.filter((lift) => isRecord(lift, lifts));
        const shuffled = [...lifts].sort((one, other) => rank(one.setId) - rank(other.setId));
        expect(setIdsOf(recordsAmong(shuffled))).toEqual(setIdsOf(named));
      }),
      { numRuns: 500 },
    );
  });

  it('are the same when only the part from some place on is looked at, above the last record before it', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (sessions, pick) => {
        const lifts = liftsOf(sessions);
        const from = lifts[pick % Math.max(lifts.length, 1)];
        if (!from) return;
        const whole = recordsAmong(lifts);
        const before = whole.filter((lift) => comparePlaces(lift, from) < 0);
        const ceilings = new Map(
          EXERCISES.flatMap((exercise) => {
            const weights = before.filter((lift) => lift.exerciseTypeId === exercise).map((lift) => lift.weightKg);
            return weights.length > 0 ? [[exercise, Math.max(...weights)] as const] : [];
          }),
        );
        const rest = recordsAmong(
          lifts.filter((lift) => comparePlaces(lift, from) >= 0),
          ceilings,
        );
        expect(setIdsOf([...before, ...rest])).toEqual(setIdsOf(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('stand in one order of places', () => {
    fc.assert(
      fc.property(drawn, (sessions) => {
        const [one, other] = liftsOf(sessions);
        if (!one || !other) return;
        expect(Math.sign(comparePlaces(one, other))).toBe(0 - Math.sign(comparePlaces(other, one)));
        expect(earlier(one, other).sessionId).toBe(earlier(other, one).sessionId);
      }),
    );
  });
});
