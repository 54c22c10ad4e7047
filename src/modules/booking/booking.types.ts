import type { BookingEntity } from './entities/booking.entity';
import type { ActorRole, BookingStatus } from './booking.state';

/** A booking as it is read: its texts in clear, with the names of its people. */
export type Booking = BookingEntity & { clientName: string; coachName: string };

/** What is decided when a booking is made. */
export type NewBooking = Pick<
  BookingEntity,
  | 'id'
  | 'clientId'
  | 'coachId'
  | 'pricingId'
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
>;

/** What a transition writes on the booking; a field that is not given stays as it is. */
export interface BookingChange {
  status: BookingStatus;
  confirmedAt?: Date;
  cancelledAt?: Date;
  coachCancelReason?: string | null;
  penaltyDue?: boolean;
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
