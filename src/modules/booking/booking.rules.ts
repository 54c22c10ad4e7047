import { HOUR_MS, MINUTE_MS } from 'src/common/clock/durations';
import { nameBasedUuid } from 'src/common/crypto/name-based-uuid';
import type { CoachSchedule } from 'src/modules/coach/coach.types';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import {
  type BookingAct,
  type BookingStatus,
  type BookingType,
  isActive,
  type Part,
  type PricingKind,
} from './booking.state';
import type { Booking, NewBooking } from './booking.types';

/** How long a client may leave what the coach made or moved for him, without penalty (rules §1.6). */
const FREE_EXIT_HOURS = 24;

/** How long after its end a session waits for the coach's word before it counts as done (T13). */
export const AUTO_DONE_HOURS = 48;

/** How long a coach may think (rules §1.1). */
const ANSWER_HOURS = 24;

/** Requests of one client waiting at one coach: each holds a seat (rules §1.4). */
export const MAX_PENDING_AT_A_COACH = 5;

/** A pending request lapses 24 h after it was made, or at the start of the session if that is sooner. */
export function answerDeadline(createdAt: Date, startsAt: Date): Date {
  return new Date(Math.min(createdAt.getTime() + ANSWER_HOURS * HOUR_MS, startsAt.getTime()));
}

/** A pending request can be answered while now < deadline, to the millisecond. */
export function isLapsed(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && now.getTime() >= expiresAt.getTime();
}

/** What the coach makes or moves, the client may leave until then, that instant included. */
export function freeExitUntil(at: Date): Date {
  return new Date(at.getTime() + FREE_EXIT_HOURS * HOUR_MS);
}

interface Cancellable {
  status: BookingStatus;
  scheduledAt: Date;
  policyThresholdHours: number;
  freeExitUntil: Date | null;
}

/**
 * Until when a cancellation by this party counts as in time, that instant included (before the start in any case): a
 * request that nobody confirmed is never late, otherwise the threshold counts, for the client also a free exit.
 */
export function freeUntil(booking: Cancellable, by: Part): Date {
  const start = booking.scheduledAt.getTime();
  if (booking.status === 'pending_coach_validation') return new Date(start);
  const threshold = start - booking.policyThresholdHours * HOUR_MS;
  const exit = by === 'client' ? (booking.freeExitUntil?.getTime() ?? threshold) : threshold;
  return new Date(Math.min(start, Math.max(threshold, exit)));
}

/**
 * How a cancellation by this party counts at this instant: in time, late, or not at all (the session has begun, or the
 * booking is no longer active).
 */
export function cancellationAct(
  booking: Cancellable,
  by: Part,
  now: Date,
): Extract<BookingAct, `cancel_${string}`> | null {
  if (!isActive(booking.status) || now.getTime() >= booking.scheduledAt.getTime()) return null;
  return now.getTime() <= freeUntil(booking, by).getTime() ? 'cancel_in_time' : 'cancel_late';
}

/** How this party may move the session (rules §1.5): the client while a cancellation would be in time, the coach always. */
export function moveRefusal(
  booking: Cancellable & { expiresAt: Date | null },
  by: Part,
  now: Date,
): 'invalid_transition' | 'too_late_to_reschedule' | null {
  const act = cancellationAct(booking, by, now);
  // A request that lapsed is as good as rejected: moving it must not bring it back.
  const isLost = booking.status === 'pending_coach_validation' && isLapsed(booking.expiresAt, now);
  if (act === null || isLost) return 'invalid_transition';
  return by === 'client' && act === 'cancel_late' ? 'too_late_to_reschedule' : null;
}

/**
 * How a new booking begins (T1, T1b, T1c): what a client asks for waits for the coach; the offer that he takes, and what
 * the coach gives or moves, is confirmed at once. Only the latter he may leave freely for a while.
 */
export function beginningOf(
  by: Part | 'system',
  startsAt: Date,
  at: Date,
  takesOffer = false,
): Pick<NewBooking, 'status' | 'expiresAt' | 'confirmedAt' | 'freeExitUntil'> {
  const isAsked = by === 'client' && !takesOffer;
  return {
    status: isAsked ? 'pending_coach_validation' : 'confirmed',
    expiresAt: isAsked ? answerDeadline(at, startsAt) : null,
    confirmedAt: isAsked ? null : at,
    freeExitUntil: by === 'client' ? null : freeExitUntil(at),
  };
}

/** The cancellation policy that a booking is made under. */
export function policyOf({ policy }: CoachSchedule): Pick<NewBooking, `policy${string}` & keyof NewBooking> {
  return {
    policyThresholdHours: policy.thresholdHours,
    policyMode: policy.mode,
    policyNoshowIsDue: policy.noshowIsDue,
  };
}

/** A confirmed session that nobody spoke about counts as done when now > end + 48 h. */
export function isOverdue(endsAt: Date, now: Date): boolean {
  return now.getTime() > endsAt.getTime() + AUTO_DONE_HOURS * HOUR_MS;
}

export function endOf(startsAt: Date, durationMin: number): Date {
  return new Date(startsAt.getTime() + durationMin * MINUTE_MS);
}

/** Rules §1.2: a discovery is one by how it is paid, a group by the seats of its slot. */
export function typeOf(pricingType: PricingKind, capacity: number): BookingType {
  if (pricingType === 'discovery') return 'discovery';
  return capacity > 1 ? 'group' : 'individual';
}

/** Somebody whom the coach may book for (T1c). */
export function isClientOf(relation: RelationStatus | undefined): boolean {
  return relation === 'discovery' || relation === 'active' || relation === 'paused';
}

/** By start, then by id: the same order whoever asks. */
export function byStart(one: Pick<Booking, 'id' | 'scheduledAt'>, other: Pick<Booking, 'id' | 'scheduledAt'>): number {
  return one.scheduledAt.getTime() - other.scheduledAt.getTime() || (one.id < other.id ? -1 : 1);
}

/**
 * The one occasion that all seats of a slot share: a name-based uuid of the coach and the start.
 * People of one occasion are together, so their engagements do not exclude each other.
 */
export function occasionOf(coachId: string, startsAt: Date): string {
  return nameBasedUuid(coachId, startsAt.toISOString());
}
