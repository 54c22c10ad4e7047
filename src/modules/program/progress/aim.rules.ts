import type { TrainingAim } from 'src/modules/performance/sessions/guided-training.types';
import { daysOfEach, type Prescription } from 'src/modules/program/progression/progression.rules';

/** What is looked for, each once, and under which key each place of the plan finds its answer. */
export interface Aims {
  aims: TrainingAim[];
  /** By id of the planned exercise. */
  keyOf: ReadonlyMap<string, string>;
}

/**
 * Where a plan asks for different things with one exercise, each day answers for its own, as in the progression. Places
 * that are answered by the same sessions are one aim, under the id of the first of them.
 */
export function aimsOf(places: readonly (Prescription & { id: string })[]): Aims {
  const daysThatCount = daysOfEach(places);
  const aims = new Map<string, TrainingAim>();
  const keyOf = new Map<string, string>();
  for (const place of places) {
    const { id, exerciseTypeId } = place;
    const days = daysThatCount(place);
    const what = `${exerciseTypeId} ${days === null ? 'any' : days.join()}`;
    const aim = aims.get(what) ?? { key: id, exerciseTypeId, days };
    aims.set(what, aim);
    keyOf.set(id, aim.key);
  }
  return { aims: [...aims.values()], keyOf };
}
