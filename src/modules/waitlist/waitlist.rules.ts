import { MINUTE_MS } from 'src/common/clock/durations';
import type { WaitlistStatus } from './waitlist.state';

/** How long an offer may be thought over. */
const OFFER_MINUTES = 30;
/** So long before the start a place is offered to nobody any more, and no offer runs longer than until then. */
const LEAD_MINUTES = 5;

/** Until when a place offered now may be taken, that instant included; null when it is too late to offer it. */
export function offerDeadline(startsAt: Date, now: Date): Date | null {
  const left = startsAt.getTime() - now.getTime() - LEAD_MINUTES * MINUTE_MS;
  return left > 0 ? new Date(now.getTime() + Math.min(OFFER_MINUTES * MINUTE_MS, left)) : null;
}

/** An offer may be taken until its deadline, to the millisecond. */
export function isOfferOpen(expiresAt: Date, now: Date): boolean {
  return now.getTime() <= expiresAt.getTime();
}

/** What an entry must show to be judged. */
export interface Queued {
  id: string;
  status: WaitlistStatus;
  position: number;
  expiresAt: Date | null;
}

export function isLive({ status }: Pick<Queued, 'status'>): boolean {
  return status === 'waiting' || status === 'notified';
}

/** An offer that nobody took in time. */
export function isLapsed({ status, expiresAt }: Pick<Queued, 'status' | 'expiresAt'>, now: Date): boolean {
  return status === 'notified' && expiresAt !== null && !isOfferOpen(expiresAt, now);
}

/**
 * Who gets an offer now: the first of those who wait, one for each place that is neither booked nor offered.
 *
 * @param freePlaces may be negative, where the coach has fewer places by now
 */
export function nextInQueue<T extends Queued>(queue: readonly T[], freePlaces: number): T[] {
  const waiting = queue.filter(({ status }) => status === 'waiting').sort((a, b) => a.position - b.position);
  return waiting.slice(0, Math.max(0, freePlaces));
}

/** A row of a new order. */
export interface WishedPlace {
  id: string;
  position: number;
}

/**
 * The ids of the live entries in a new order: offers stay in front as they are, then those named by the order of their
 * positions, then the rest as it was. Null when somebody is named who does not wait.
 */
export function reordered(queue: readonly Queued[], wishes: readonly WishedPlace[]): string[] | null {
  const inOrder = [...queue].sort((a, b) => a.position - b.position);
  const waiting = inOrder.filter(({ status }) => status === 'waiting').map(({ id }) => id);
  const named = [...wishes].sort((a, b) => a.position - b.position).map(({ id }) => id);
  if (named.some((id) => !waiting.includes(id))) return null;
  const offered = inOrder.filter(({ status }) => status === 'notified').map(({ id }) => id);
  return [...offered, ...named, ...waiting.filter((id) => !named.includes(id))];
}

/** A fault of one row of a list, by its path in it. */
export interface WishFault {
  field: string;
  code: 'duplicate_position' | 'invalid_value';
}

/** Rows that ask for a position already asked for, and rows that name somebody already named. */
export function faultsOfWishes(wishes: readonly WishedPlace[]): WishFault[] {
  const ids = new Set<string>();
  const positions = new Set<number>();
  return wishes.flatMap(({ id, position }, place) => {
    const faults: WishFault[] = [];
    if (ids.has(id)) faults.push({ field: `${place}.id`, code: 'invalid_value' });
    if (positions.has(position)) faults.push({ field: `${place}.position`, code: 'duplicate_position' });
    ids.add(id);
    positions.add(position);
    return faults;
  });
}

/** How a start stands, for somebody who would wait for it. */
export interface WaitedFor {
  isOffered: boolean;
  capacity: number;
  /** Active bookings and offers to others. */
  taken: number;
  obstruction: 'time_off' | 'overlap' | 'buffer' | null;
  isMine: boolean;
}

/** Whether people wait in vain: the coach is away then; or he offered it when they began to wait, and does no more. */
export function isGone(
  entry: { isOffered: boolean },
  { isOffered, obstruction }: Pick<WaitedFor, 'isOffered' | 'obstruction'>,
): boolean {
  return obstruction === 'time_off' || (entry.isOffered && !isOffered);
}

/** The start that an entry waits for, with the length (minutes) that the session had when it was last known. */
export function queuedStart({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): {
  startsAt: Date;
  formerMin: number;
} {
  return { startsAt, formerMin: (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS };
}

export type JoinRefusal =
  'slot_in_past' | 'slot_outside_availability' | 'coach_on_time_off' | 'slot_not_full' | 'already_booked';

/**
 * Whether one may wait for a start; the first refusal wins, null = one may. A start that another session of the coach
 * closes has no place to book, so one may wait for that session to be cancelled.
 */
export function joinRefusal(standing: WaitedFor, startsAt: Date, now: Date): JoinRefusal | null {
  if (startsAt.getTime() <= now.getTime()) return 'slot_in_past';
  if (!standing.isOffered && standing.taken === 0) return 'slot_outside_availability';
  if (standing.obstruction === 'time_off') return 'coach_on_time_off';
  if (standing.isMine) return 'already_booked';
  return standing.taken < standing.capacity && standing.obstruction === null ? 'slot_not_full' : null;
}

export type ConfirmRefusal = 'not_notified' | 'confirmation_window_expired';

/** Whether the place may be taken now; null = it may. */
export function confirmRefusal(entry: Pick<Queued, 'status' | 'expiresAt'>, now: Date): ConfirmRefusal | null {
  const wasOffered = entry.status === 'expired' && entry.expiresAt !== null;
  if (wasOffered || isLapsed(entry, now)) return 'confirmation_window_expired';
  return entry.status === 'notified' ? null : 'not_notified';
}
