import type { BookingEntity } from './entities/booking.entity';
import type { ActorRole, BookingStatus } from './booking.state';

/** A booking as it is read: its texts in clear, with the names of its people and its gym, and where it was moved to. */
export type Booking = BookingEntity & {
  clientName: string;
  coachName: string;
  gymName: string | null;
  rescheduledToId: string | null;
};

/** What is decided when a booking is made. */
export type NewBooking = Pick<
  BookingEntity,
  | 'id'
  | 'clientId'
  | 'coachId'
  | 'pricingId'
  | 'packageId'
  | 'gymId'
  | 'rescheduledFromId'
  | 'scheduledAt'
  | 'endsAt'
  | 'durationMin'
  | 'status'
  | 'type'
  | 'pricingType'
  | 'priceCents'
  | 'currency'
  | 'policyThresholdHours'
  | 'policyMode'
  | 'policyNoshowIsDue'
  | 'clientMessage'
  | 'expiresAt'
  | 'confirmedAt'
  | 'freeExitUntil'
>;

/** What an act writes on the booking; a field that is not given stays as it is. */
export type BookingChange = Partial<
  Pick<
    BookingEntity,
    | 'status'
    | 'confirmedAt'
    | 'cancelledAt'
    | 'doneAt'
    | 'doneBy'
    | 'coachCancelReason'
    | 'sessionDeducted'
    | 'penaltyDue'
    | 'penaltyArisenAt'
    | 'penaltyAppliedAt'
    | 'lateCancelWaived'
    | 'waiveReason'
  >
>;

/** When a pair meets: instants, and how many sessions are done. */
export interface SessionTimes {
  /** Start of the latest done session. */
  last: Date | null;
  /** Start of the next active booking that has not begun. */
  next: Date | null;
  /** Done sessions. */
  count: number;
}

/** The sessions of a pair, counted. */
export interface PairTally {
  done: number;
  /** Penalties that arose and are not waived. */
  penaltiesInForce: number;
  /** Active bookings. */
  pending: number;
  /** Minutes of the done sessions. */
  minutesDone: number;
}

/** What decides whether a pair may have a discovery, and how many requests wait. */
export interface PairFacts {
  hasDone: boolean;
  hasActiveDiscovery: boolean;
  /** Requests that wait for the coach. */
  pending: number;
}

/** One step in the history of a booking. */
export interface BookingStep {
  at: Date;
  from: BookingStatus | null;
  to: BookingStatus;
  actorRole: ActorRole;
  actorId: string | null;
  reason: string | null;
}
