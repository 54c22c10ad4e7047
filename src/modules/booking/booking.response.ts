import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import {
  ACTOR_ROLES,
  type ActorRole,
  BOOKING_STATUSES,
  BOOKING_TYPES,
  type BookingStatus,
  PRICING_KINDS,
} from './booking.state';
import type { CancellationPreview } from './booking-cancellation.service';
import type { Booking, BookingStep } from './booking.types';
import { PENALTIES } from './penalty.rules';

export class BookingResponse {
  id: string;
  client_id: string;
  coach_id: string;
  rescheduled_from_id: string | null;
  rescheduled_to_id: string | null;
  @ApiProperty({ enum: ACTOR_ROLES, nullable: true, type: String })
  done_by: ActorRole | null;
  client_name: string;
  coach_name: string;
  pricing_id: string | null;
  package_id: string | null;
  gym_id: string | null;
  gym_name: string | null;
  @ApiInstant()
  scheduled_at: string;
  @ApiInstant()
  ends_at: string;
  duration_min: number;
  @ApiProperty({ enum: BOOKING_STATUSES })
  status: BookingStatus;
  @ApiProperty({ enum: BOOKING_TYPES })
  type: string;
  @ApiProperty({ enum: PRICING_KINDS })
  pricing_type: string;
  /** Cents; null = paid by a package, or settled between the two. */
  price_cents: number | null;
  /** ISO 4217. */
  currency: string;
  client_message: string | null;
  /** Why the coach cancelled or rejected. */
  coach_cancel_reason: string | null;
  late_cancel_waived: boolean;
  penalty_due: boolean;
  session_deducted: boolean;
  @ApiInstant({ nullable: true, description: 'Until when the coach can answer; null when answered' })
  expires_at: string | null;
  @ApiInstant({ nullable: true })
  confirmed_at: string | null;
  @ApiInstant({ nullable: true })
  cancelled_at: string | null;
  @ApiInstant({ nullable: true })
  done_at: string | null;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(booking: Booking): BookingResponse {
    return {
      id: booking.id,
      client_id: booking.clientId,
      coach_id: booking.coachId,
      rescheduled_from_id: booking.rescheduledFromId,
      rescheduled_to_id: booking.rescheduledToId,
      done_by: booking.doneBy,
      client_name: booking.clientName,
      coach_name: booking.coachName,
      pricing_id: booking.pricingId,
      package_id: booking.packageId,
      gym_id: booking.gymId,
      gym_name: booking.gymName,
      scheduled_at: wireInstant(booking.scheduledAt),
      ends_at: wireInstant(booking.endsAt),
      duration_min: booking.durationMin,
      status: booking.status,
      type: booking.type,
      pricing_type: booking.pricingType,
      price_cents: booking.priceCents,
      currency: booking.currency,
      client_message: booking.clientMessage,
      coach_cancel_reason: booking.coachCancelReason,
      late_cancel_waived: booking.lateCancelWaived,
      penalty_due: booking.penaltyDue,
      session_deducted: booking.sessionDeducted,
      expires_at: booking.status === 'pending_coach_validation' ? wireInstantOrNull(booking.expiresAt) : null,
      confirmed_at: wireInstantOrNull(booking.confirmedAt),
      cancelled_at: wireInstantOrNull(booking.cancelledAt),
      done_at: wireInstantOrNull(booking.doneAt),
      created_at: wireInstant(booking.createdAt),
      updated_at: wireInstant(booking.updatedAt),
    };
  }
}

export class BookingPage extends PageResponse(BookingResponse) {}

export class BookingTransitionResponse {
  @ApiInstant()
  at: string;
  @ApiProperty({ enum: BOOKING_STATUSES, nullable: true, type: String })
  from: BookingStatus | null;
  @ApiProperty({ enum: BOOKING_STATUSES })
  to: BookingStatus;
  @ApiProperty({ enum: ACTOR_ROLES })
  actor_role: ActorRole;
  actor_id: string | null;
  reason: string | null;

  static from(step: BookingStep): BookingTransitionResponse {
    return {
      at: wireInstant(step.at),
      from: step.from,
      to: step.to,
      actor_role: step.actorRole,
      actor_id: step.actorId,
      reason: step.reason,
    };
  }
}

export class CancellationPreviewResponse {
  booking_id: string;
  allowed: boolean;
  @ApiProperty({ enum: BOOKING_STATUSES, nullable: true, type: String })
  resulting_status: BookingStatus | null;
  late: boolean;
  threshold_hours: number;
  @ApiInstant({ description: 'The last instant at which it costs the caller nothing' })
  free_until: string;
  @ApiProperty({ enum: PENALTIES, description: 'to_decide: the coach decides later' })
  penalty: string;
  /** Cents. */
  penalty_cents: number | null;
  /** ISO 4217. */
  currency: string;
  /** One session of the package can be booked again. */
  session_returned: boolean;
  /** What the coach says about cancelling. */
  client_message: string | null;

  static from({ booking, cancellation, clientMessage }: CancellationPreview): CancellationPreviewResponse {
    return {
      booking_id: booking.id,
      allowed: cancellation.act !== null,
      resulting_status: cancellation.resultingStatus,
      late: cancellation.late,
      threshold_hours: booking.policyThresholdHours,
      free_until: wireInstant(cancellation.freeUntil),
      penalty: cancellation.penalty,
      penalty_cents: cancellation.penaltyCents,
      currency: booking.currency,
      session_returned: cancellation.isSessionReturned,
      client_message: clientMessage,
    };
  }
}

export class BookingTransitionPage extends PageResponse(BookingTransitionResponse) {}
