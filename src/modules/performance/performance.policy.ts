import type { Visibility } from 'src/modules/coach/relations/relation.types';
import type { SessionSource } from './sessions/session.types';

/** Whose session it is, and who has to do with it. People are users.id. */
export interface Ownership {
  userId: string;
  enteredBy: string | null;
  bookingCoachId: string | null;
  source: SessionSource;
}

/** What the relation opens of a client's performances (rules §6.3). */
export type Sight = Pick<Visibility, 'ownPerformances' | 'allPerformances'>;

/** What its provider lets its owner alone see, and what sets no records and drives no progression (rules §16.2). */
export const OWNERS_ALONE: readonly SessionSource[] = ['strava'];

/**
 * What others do not see of somebody's sessions.
 *
 * @param consents whether he agreed to sharing what third parties gave for him alone
 */
export function hiddenFromOthers(consents: boolean): readonly SessionSource[] {
  return consents ? [] : OWNERS_ALONE;
}

/** What its provider keeps out of statistics stays out, whoever reads: a condition on `performance_sessions s`. */
export const COUNTS = `coalesce((s.source_terms ->> 'usableForStats')::boolean, true)`;

/**
 * Which of a client's sessions a coach sees: none, those that he entered or that were booked with him, or all. Lists
 * are filtered by it and single sessions are judged by it, so that both show the same.
 */
export type Reach = 'none' | 'paired' | 'all';

export function reachOf(sight: Sight): Reach {
  if (sight.allPerformances) return 'all';
  return sight.ownPerformances ? 'paired' : 'none';
}

/**
 * @param sight what the relation of owner and reader opens; of no matter to the owner
 * @param hidden what the owner shows nobody
 */
export function maySee(
  session: Ownership,
  readerId: string,
  sight: Sight,
  hidden: readonly SessionSource[] = OWNERS_ALONE,
): boolean {
  if (session.userId === readerId) return true;
  if (hidden.includes(session.source)) return false;
  const reach = reachOf(sight);
  if (reach === 'paired') return session.enteredBy === readerId || session.bookingCoachId === readerId;
  return reach === 'all';
}

/** Who wrote it: the coach who entered it, else its owner. */
export function isAuthor(session: Pick<Ownership, 'userId' | 'enteredBy'>, personId: string): boolean {
  return (session.enteredBy ?? session.userId) === personId;
}

export function isImported({ source }: Pick<Ownership, 'source'>): boolean {
  return source !== 'manual';
}
