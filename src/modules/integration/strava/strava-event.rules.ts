import { plainHash } from 'src/common/crypto/keyed-hash';
import { recordOf } from 'src/common/json/record';
import { idOf } from './strava-answer.rules';

/** What Strava tells has happened. Nothing of it is believed before it was asked for. */
export interface StravaEvent {
  /** The same for every delivery of one event. */
  id: string;
  /** Of the athlete, at Strava. */
  ownerId: string;
  what:
    | { kind: 'activity'; activityId: string; aspect: ActivityAspect }
    /** The athlete has taken our access away. */
    | { kind: 'deauthorized' };
}

export const ACTIVITY_ASPECTS = ['create', 'update', 'delete'] as const;
export type ActivityAspect = (typeof ACTIVITY_ASPECTS)[number];

/** The push subscription that an event says it belongs to; null when it says none. */
export function subscriptionOf(body: unknown): string | null {
  return idOf(recordOf(body)['subscription_id']);
}

/** Null for an event that concerns nothing of ours. */
export function eventOf(body: unknown): StravaEvent | null {
  const told = recordOf(body);
  const [objectId, ownerId] = [idOf(told['object_id']), idOf(told['owner_id'])];
  if (objectId === null || ownerId === null) return null;
  const { object_type: type, aspect_type: aspect, updates, event_time: time } = told;
  const what = whatOf(type, aspect, objectId, updates);
  if (!what) return null;
  // Nothing is signed and nothing has an id: it is one event as long as it says the same.
  const said = JSON.stringify([subscriptionOf(body), type, objectId, aspect, ownerId, time ?? null, updates ?? null]);
  return { id: plainHash(said), ownerId, what };
}

function whatOf(type: unknown, aspect: unknown, objectId: string, updates: unknown): StravaEvent['what'] | null {
  if (type === 'activity') {
    const known = ACTIVITY_ASPECTS.find((one) => one === aspect);
    return known ? { kind: 'activity', activityId: objectId, aspect: known } : null;
  }
  const isTakenAway = type === 'athlete' && String(recordOf(updates)['authorized']) === 'false';
  return isTakenAway ? { kind: 'deauthorized' } : null;
}
