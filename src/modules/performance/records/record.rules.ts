/** Where a session stands in the history of its owner. */
export interface Place {
  trainedAt: Date;
  createdAt: Date;
  sessionId: string;
}

/** A set with a weight above zero. */
export interface Lift extends Place {
  setId: string;
  exerciseTypeId: string;
  setOrder: number;
  position: number;
  weightKg: number;
  reps: number | null;
}

/** The heaviest weight before the lifts that are looked at, by exercise; where there was none it is missing. */
export type Ceilings = ReadonlyMap<string, number>;

const NOTHING_BEFORE: Ceilings = new Map();

/** History goes by the day trained, then by when it was written; the id only makes it the same order every time. */
export function comparePlaces(one: Place, other: Place): number {
  return (
    one.trainedAt.getTime() - other.trainedAt.getTime() ||
    one.createdAt.getTime() - other.createdAt.getTime() ||
    (one.sessionId < other.sessionId ? -1 : one.sessionId > other.sessionId ? 1 : 0)
  );
}

export function earlier<P extends Place>(one: P, other: P): P {
  return comparePlaces(one, other) <= 0 ? one : other;
}

/**
 * The sets that are records (rules §11.4): of each session and exercise the heaviest, when it exceeds every weight of an
 * earlier session. Of equally heavy ones the one with the most repetitions, then the first.
 * They come in the order of history, those of one session in the order of its sets.
 *
 * @param lifts of one person, in any order; all of them from some place in the history on
 * @param ceilings what was lifted before that place
 */
export function recordsAmong(lifts: readonly Lift[], ceilings: Ceilings = NOTHING_BEFORE): Lift[] {
  const highest = new Map(ceilings);
  return heaviestOfSessions(lifts).filter(({ exerciseTypeId, weightKg }) => {
    if (weightKg <= (highest.get(exerciseTypeId) ?? 0)) return false;
    highest.set(exerciseTypeId, weightKg);
    return true;
  });
}

/**
 * Those records of a session that no other session reaches, earlier or later: an entry for a past day may be the best of
 * its day and no longer the best there is.
 *
 * @param records what `recordsAmong` answers for the same lifts
 */
export function unmatched(records: readonly Lift[], lifts: readonly Lift[], sessionId: string): Lift[] {
  return records.filter(
    (record) =>
      record.sessionId === sessionId &&
      lifts.every(
        (lift) =>
          lift.sessionId === sessionId ||
          lift.exerciseTypeId !== record.exerciseTypeId ||
          lift.weightKg < record.weightKg,
      ),
  );
}

/** One lift of each session and exercise, in the order of history. */
function heaviestOfSessions(lifts: readonly Lift[]): Lift[] {
  const heaviest = new Map<string, Lift>();
  for (const lift of lifts) {
    const key = `${lift.sessionId} ${lift.exerciseTypeId}`;
    const known = heaviest.get(key);
    if (!known || outweighs(lift, known)) heaviest.set(key, lift);
  }
  return [...heaviest.values()].sort((one, other) => comparePlaces(one, other) || compareSets(one, other));
}

/** As a session tells its sets. */
function compareSets(one: Lift, other: Lift): number {
  return one.setOrder - other.setOrder || one.position - other.position;
}

function outweighs(one: Lift, other: Lift): boolean {
  const difference = one.weightKg - other.weightKg || (one.reps ?? -1) - (other.reps ?? -1) || compareSets(other, one);
  return difference > 0;
}
