import { HOUR_MS } from 'src/common/clock/durations';
import type { NewSet } from './session-draft.types';

/** Rules §11.3. */
const EDIT_WINDOW_MS = 48 * HOUR_MS;
export const MOST_SETS = 200;
export const MOST_SET_ORDER = 50;
const AHEAD_MS = 24 * HOUR_MS;

/** Until when its author may change a session, itself included; it runs from when it was written. */
export function editableUntil(createdAt: Date): Date {
  return new Date(createdAt.getTime() + EDIT_WINDOW_MS);
}

/** Nobody trained later than tomorrow. */
export function isTooFarAhead(trainedAt: Date, now: Date): boolean {
  return trainedAt.getTime() > now.getTime() + AHEAD_MS;
}

/** What a set counts as when its order is not told: its place in the list (from 1), up to the highest order there is. */
export function orderAt(place: number): number {
  return Math.min(place, MOST_SET_ORDER);
}

/** Σ sets × reps × weight, in kilograms with two decimals: counted in whole hundredths, so that nothing drifts. */
export function volumeOf(sets: readonly Pick<NewSet, 'setsCount' | 'reps' | 'weightKg'>[]): number {
  const hundredths = sets.reduce(
    (sum, { setsCount, reps, weightKg }) => sum + setsCount * (reps ?? 0) * Math.round((weightKg ?? 0) * 100),
    0,
  );
  return hundredths / 100;
}
