import type { RelationStatus } from './relation.types';

/** What happens between two people and changes how they stand to each other (rules §6.1 "made by"). */
export type RelationFact =
  'request_accepted' | 'discovery_confirmed' | 'session_confirmed' | 'discovery_done' | 'session_done' | 'enrolled';

/** A pair without a relation stands at `none`. */
export type Standing = RelationStatus | 'none';

/**
 * Where each fact leads from each standing. A relation that is ended wakes when the coach says yes to something new, one
 * that is paused by the coach's hand alone, or by a link that he gave out; judging a session that is over wakes neither.
 */
export const AFTER: Readonly<Record<RelationFact, Readonly<Record<Standing, RelationStatus>>>> = {
  request_accepted: {
    none: 'discovery',
    pending: 'discovery',
    discovery: 'discovery',
    active: 'active',
    paused: 'paused',
    ended: 'discovery',
  },
  discovery_confirmed: {
    none: 'discovery',
    pending: 'discovery',
    discovery: 'discovery',
    active: 'active',
    paused: 'paused',
    ended: 'discovery',
  },
  session_confirmed: {
    none: 'active',
    pending: 'active',
    discovery: 'active',
    active: 'active',
    paused: 'paused',
    ended: 'active',
  },
  discovery_done: {
    none: 'active',
    pending: 'active',
    discovery: 'active',
    active: 'active',
    paused: 'paused',
    ended: 'ended',
  },
  session_done: {
    none: 'active',
    pending: 'pending',
    discovery: 'discovery',
    active: 'active',
    paused: 'paused',
    ended: 'ended',
  },
  enrolled: {
    none: 'active',
    pending: 'active',
    discovery: 'active',
    active: 'active',
    paused: 'active',
    ended: 'active',
  },
};

/** What the coach may do by hand (rules §6.1); to stay where it is is no move. */
const BY_HAND: Readonly<Record<RelationStatus, readonly RelationStatus[]>> = {
  pending: ['discovery', 'active', 'ended'],
  discovery: ['active', 'ended'],
  active: ['paused', 'ended'],
  paused: ['active', 'ended'],
  ended: ['active'],
};

export function mayMoveByHand(from: RelationStatus, to: RelationStatus): boolean {
  return BY_HAND[from].includes(to);
}

/** Statuses that count towards `max_clients` (rules §6). */
export const COUNTED_AS_TAKEN: readonly RelationStatus[] = ['discovery', 'active'];

/** Statuses of the clients that a coach has. */
export const COUNTED_AS_CLIENT: readonly RelationStatus[] = ['discovery', 'active', 'paused'];
