import { createHash } from 'node:crypto';
import { type BookingAct, type BookingStatus, isActive, type Part } from './booking.state';

const HOUR_MS = 3_600_000;

/** How long a coach may think (rules §1.1). */
export const ANSWER_HOURS = 24;

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

interface Cancellable {
  status: BookingStatus;
  scheduledAt: Date;
  policyThresholdHours: number;
}

/**
 * How a cancellation at this instant counts: in time, late, or not at all (the session has begun, or the booking is no
 * longer active). A request that nobody confirmed is never late; otherwise now ≤ start − threshold is in time.
 */
export function cancellationAct(booking: Cancellable, now: Date): Extract<BookingAct, `cancel_${string}`> | null {
  const startsIn = booking.scheduledAt.getTime() - now.getTime();
  if (!isActive(booking.status) || startsIn <= 0) return null;
  if (booking.status === 'pending_coach_validation') return 'cancel_in_time';
  return startsIn >= booking.policyThresholdHours * HOUR_MS ? 'cancel_in_time' : 'cancel_late';
}

/** A penalty arises when a client cancels late (T7). */
export function penaltyArises(act: BookingAct, by: Part): boolean {
  return act === 'cancel_late' && by === 'client';
}

/**
 * The one occasion that all seats of a slot share: a name-based uuid (RFC 9562, version 5) of the coach and the start.
 * People of one occasion are together, so their engagements do not exclude each other.
 */
export function occasionOf(coachId: string, startsAt: Date): string {
  const namespace = Buffer.from(coachId.replaceAll('-', ''), 'hex');
  const digest = createHash('sha1').update(namespace).update(startsAt.toISOString()).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
