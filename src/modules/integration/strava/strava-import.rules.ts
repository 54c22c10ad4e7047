import { DAY_MS } from 'src/common/clock/durations';
import type { ToldActivity } from 'src/modules/performance/imports/activity-import.types';
import type { SourceTerms } from 'src/modules/performance/sessions/session.types';
import type { Activity } from './strava.types';

/** Of a session (rules §11.3). */
const MOST_MINUTES = 600;
/** Strava lets nobody keep what it shows longer than seven days. What has ended is deleted once a day, so a day before. */
const KEPT_MS = 6 * DAY_MS;

/** What Strava allows to do with what it shows, from the moment it has shown it. */
export function termsAt(at: Date): SourceTerms {
  const keepUntil = new Date(at.getTime() + KEPT_MS).toISOString();
  return { visibleToCoach: false, usableForStats: false, keepUntil };
}

export function toldOf(activity: Activity): ToldActivity {
  return { externalId: activity.id, trainedAt: activity.startDate, durationMin: minutesOf(activity) };
}

/** The time that Strava counts, or where it counts none, the time from beginning to end; at least a minute. */
export function minutesOf({ movingSeconds, elapsedSeconds }: Activity): number {
  const seconds = movingSeconds === null || movingSeconds === 0 ? elapsedSeconds : movingSeconds;
  return Math.min(Math.max(Math.round(seconds / 60), 1), MOST_MINUTES);
}
