import { HOUR_MS } from 'src/common/clock/durations';
import { recordOf } from 'src/common/json/record';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { oneLine } from 'src/common/outbound/foreign-text';
import type { Activity, ActivityDraft } from './strava.types';

const MOST_NAME = 255;
const SPORT = /^[A-Za-z]{1,40}$/;
const OTHER_SPORT = 'Workout';
/** What fits into a duration without an overflow anywhere: a year. */
const MOST_SECONDS = 31_536_000;
/** No wall clock is farther from UTC. */
const FARTHEST_ZONE_MS = 15 * HOUR_MS;
/** Before it there was no Strava, and hardly a watch. */
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

/** An id of Strava as text: a positive whole number that is exact. Null for anything else. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value);
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) ? value : null;
}

/** What `POST /activities` answers: how Strava calls the activity. @throws DeliveryFailure when it does not say */
export function createdId(body: unknown): string {
  const id = idOf(recordOf(body)['id']);
  if (id === null) throw garbage();
  return id;
}

/** A list of activities; what is none in it is left out. @throws DeliveryFailure when it is no list */
export function activitiesOf(body: unknown): Activity[] {
  if (!Array.isArray(body)) throw garbage();
  return body.flatMap((one) => activityOf(one) ?? []);
}

/** @throws DeliveryFailure for what is no activity */
export function oneActivity(body: unknown): Activity {
  const activity = activityOf(body);
  if (!activity) throw garbage();
  return activity;
}

/** Null for what lacks something that an activity cannot be without. */
export function activityOf(value: unknown): Activity | null {
  const told = recordOf(value);
  const [id, athleteId] = [idOf(told['id']), idOf(recordOf(told['athlete'])['id'])];
  const [startDate, elapsedSeconds] = [instantOf(told['start_date']), secondsOf(told['elapsed_time'])];
  if (id === null || athleteId === null || startDate === null || elapsedSeconds === null) return null;
  const sportType = [told['sport_type'], told['type']].find((one) => typeof one === 'string' && SPORT.test(one));
  return {
    id,
    athleteId,
    name: oneLine(told['name'], MOST_NAME),
    sportType: typeof sportType === 'string' ? sportType : OTHER_SPORT,
    startDate,
    startDateLocal: wallClockOf(told['start_date_local']),
    elapsedSeconds,
    movingSeconds: secondsOf(told['moving_time']),
  };
}

/** Whether an activity is the one that we told Strava of: nothing that it gives back says so for certain. */
export function isThat(activity: Activity, draft: Omit<ActivityDraft, 'description'>): boolean {
  return (
    activity.name === draft.name &&
    activity.sportType === draft.sportType &&
    activity.startDateLocal === draft.startDateLocal &&
    activity.elapsedSeconds === draft.elapsedSeconds
  );
}

/** Between which instants an activity of that wall clock begins, wherever on earth its athlete lives. Seconds since 1970. */
export function spanAround(startDateLocal: string): { after: number; before: number } {
  const ms = Date.parse(`${startDateLocal}Z`);
  return { after: Math.floor((ms - FARTHEST_ZONE_MS) / 1_000), before: Math.ceil((ms + FARTHEST_ZONE_MS) / 1_000) };
}

function garbage(): DeliveryFailure {
  return new DeliveryFailure('strava garbage', false);
}

function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)) return null;
  const ms = Date.parse(value);
  return ms >= FIRST_MS && ms < LAST_MS ? new Date(ms) : null;
}

/** It is written as if it were UTC, and is none. */
function wallClockOf(value: unknown): string | null {
  return typeof value === 'string' ? (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(value)?.[0] ?? null) : null;
}

function secondsOf(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null;
  return Math.min(Math.round(value), MOST_SECONDS);
}
