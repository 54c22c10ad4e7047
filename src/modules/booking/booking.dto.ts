import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from 'src/common/paging/page';
import { Choice, Choices, Id, Instant, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { InstantOrDay } from 'src/common/paging/range';
import {
  BOOKING_BUCKETS,
  BOOKING_STATUSES,
  type BookingBucket,
  type BookingStatus,
  type Part,
  PRICING_KINDS,
  type PricingKind,
} from './booking.state';

export class CreateBookingDto {
  @Id()
  coach_id: string;

  /** The `scheduled_at` of a slot, as it was listed. */
  @Instant()
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z' })
  scheduled_at: Date;

  /** Heeded only when the coach makes the booking. */
  @Optional()
  @Whole(15, 480)
  duration_min?: number;

  @Optional()
  @Choice(PRICING_KINDS)
  pricing_type?: PricingKind;

  @Optional()
  @Id()
  pricing_id?: string;

  @Optional()
  @Id()
  package_id?: string;

  /** Where it is to take place. */
  @Optional()
  @Id()
  gym_id?: string;

  @Nullable()
  @Text({ max: 500, multiline: true })
  client_message?: string | null;

  /** The caller, unless a coach books for a client of his. */
  @Optional()
  @Id()
  client_id?: string;
}

export class RescheduleDto {
  /** The new start. */
  @Instant()
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z' })
  scheduled_at: Date;

  @Nullable()
  @Text({ max: 500, multiline: true })
  reason?: string | null;
}

export class WaivePenaltyDto {
  @Nullable()
  @Text({ max: 200, multiline: true })
  reason?: string | null;
}

export class ReasonDto {
  @Nullable()
  @Text({ max: 500, multiline: true })
  reason?: string | null;
}

export class ListBookingsQuery extends PageQuery {
  /** In which part the caller asks; default: the own role (an admin counts as client). */
  @Optional()
  @Choice(['client', 'coach'])
  as?: Part;

  @Optional()
  @Choices(BOOKING_STATUSES)
  status?: BookingStatus[];

  @Optional()
  @Choice(BOOKING_BUCKETS)
  bucket?: BookingBucket;

  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;

  /** As coach: only those of this client. */
  @Optional()
  @Id()
  client_id?: string;

  /** As client: only those with this coach. */
  @Optional()
  @Id()
  coach_id?: string;
}
