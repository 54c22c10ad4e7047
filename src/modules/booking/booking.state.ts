export const BOOKING_STATUSES = [
  'pending_coach_validation',
  'confirmed',
  'done',
  'cancelled_by_client',
  'cancelled_late_by_client',
  'cancelled_by_coach',
  'cancelled_by_coach_late',
  'no_show',
  'rejected',
  'auto_rejected',
] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

export const BOOKING_BUCKETS = ['upcoming', 'past', 'cancelled'] as const;
export type BookingBucket = (typeof BOOKING_BUCKETS)[number];

export const PRICING_KINDS = ['per_session', 'package', 'discovery'] as const;
export type PricingKind = (typeof PRICING_KINDS)[number];

export const BOOKING_TYPES = ['individual', 'group', 'discovery'] as const;
export type BookingType = (typeof BOOKING_TYPES)[number];

export const ACTOR_ROLES = ['client', 'coach', 'admin', 'system'] as const;
export type ActorRole = (typeof ACTOR_ROLES)[number];

/** The part somebody plays in a booking. An admin acts in the coach's place. */
export type Part = 'client' | 'coach';

/**
 * The acts of rules §1.1 that move a booking, in the words of the people who do them. `correct` is T14: a session that
 * the job counted as done did not take place.
 */
export type BookingAct =
  'confirm' | 'reject' | 'expire' | 'cancel_in_time' | 'cancel_late' | 'complete' | 'miss' | 'correct';

interface Transition {
  act: BookingAct;
  by: Part | 'system';
  from: BookingStatus;
  to: BookingStatus;
}

/** Rules §1.1 as data: what is not in the table does not happen. */
const TRANSITIONS: readonly Transition[] = [
  { act: 'confirm', by: 'coach', from: 'pending_coach_validation', to: 'confirmed' },
  { act: 'reject', by: 'coach', from: 'pending_coach_validation', to: 'rejected' },
  { act: 'expire', by: 'system', from: 'pending_coach_validation', to: 'auto_rejected' },
  { act: 'cancel_in_time', by: 'client', from: 'pending_coach_validation', to: 'cancelled_by_client' },
  { act: 'cancel_in_time', by: 'client', from: 'confirmed', to: 'cancelled_by_client' },
  { act: 'cancel_late', by: 'client', from: 'confirmed', to: 'cancelled_late_by_client' },
  { act: 'cancel_in_time', by: 'coach', from: 'pending_coach_validation', to: 'cancelled_by_coach' },
  { act: 'cancel_in_time', by: 'coach', from: 'confirmed', to: 'cancelled_by_coach' },
  { act: 'cancel_late', by: 'coach', from: 'confirmed', to: 'cancelled_by_coach_late' },
  { act: 'complete', by: 'coach', from: 'confirmed', to: 'done' },
  { act: 'complete', by: 'system', from: 'confirmed', to: 'done' },
  { act: 'miss', by: 'coach', from: 'confirmed', to: 'no_show' },
  { act: 'correct', by: 'coach', from: 'done', to: 'no_show' },
];

/** Where an act leads from a status, or null where the table has no such move. */
export function nextStatus(from: BookingStatus, act: BookingAct, by: Part | 'system'): BookingStatus | null {
  return TRANSITIONS.find((move) => move.from === from && move.act === act && move.by === by)?.to ?? null;
}

/** Active bookings hold a seat. */
export function isActive(status: BookingStatus): boolean {
  return status === 'pending_coach_validation' || status === 'confirmed';
}
