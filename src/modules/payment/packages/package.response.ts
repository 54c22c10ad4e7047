import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { PricingResponse } from 'src/modules/coach/pricing/pricing.response';
import type { PackageOffer } from 'src/modules/coach/pricing/package-offer.service';
import {
  MOVEMENT_KINDS,
  type MovementKind,
  PACKAGE_STATUSES,
  type PackageStatus,
} from 'src/modules/payment/credits/credit.types';
import type { PackageMovementEntity } from 'src/modules/payment/entities/package-movement.entity';
import { PaymentResponse } from 'src/modules/payment/payments/payment.response';
import type { Purchase } from './package-purchase.service';
import type { Package } from './package.types';

export class PackageResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  coach_name: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  pricing_id: string | null;
  name: string;
  /** As bought. */
  @ApiProperty({ type: 'integer' })
  sessions_total: number;
  /** Not consumed yet. */
  @ApiProperty({ type: 'integer' })
  sessions_remaining: number;
  /** What can still be booked: remaining less what bookings hold. */
  @ApiProperty({ type: 'integer' })
  sessions_bookable: number;
  @ApiProperty({ type: 'integer' })
  sessions_used: number;
  /** Cents. */
  @ApiProperty({ type: 'integer' })
  price_cents: number;
  /** ISO 4217. */
  currency: string;
  @ApiProperty({ enum: PACKAGE_STATUSES })
  status: PackageStatus;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'The last day, included; null = no limit' })
  valid_until: string | null;
  /** The two were told that it runs low. */
  alert_sent: boolean;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(pack: Package): PackageResponse {
    return {
      id: pack.id,
      client_id: pack.clientId,
      coach_id: pack.coachId,
      coach_name: pack.coachName,
      pricing_id: pack.pricingId,
      name: pack.name,
      sessions_total: pack.sessionsTotal,
      sessions_remaining: pack.remaining,
      sessions_bookable: pack.balance,
      sessions_used: pack.used,
      price_cents: pack.priceCents,
      currency: pack.currency,
      status: pack.status,
      valid_until: pack.validUntil,
      alert_sent: pack.alertSent,
      created_at: wireInstant(pack.createdAt),
      updated_at: wireInstant(pack.updatedAt),
    };
  }
}

export class PackagePage extends PageResponse(PackageResponse) {}

export class PackageMovementResponse {
  @ApiInstant()
  at: string;
  @ApiProperty({ enum: MOVEMENT_KINDS })
  kind: MovementKind;
  @ApiProperty({ type: 'integer', description: 'How many it moves; a correction may be negative' })
  sessions: number;
  @ApiProperty({ type: 'integer' })
  remaining_after: number;
  @ApiProperty({ type: 'integer' })
  bookable_after: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  booking_id: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it was corrected' })
  reason: string | null;

  static from(movement: PackageMovementEntity): PackageMovementResponse {
    const { kind, delta, remainingDelta } = movement;
    return {
      at: wireInstant(movement.at),
      kind,
      sessions: kind === 'adjust' ? delta : Math.max(Math.abs(delta), Math.abs(remainingDelta)),
      remaining_after: movement.remainingAfter,
      bookable_after: movement.balanceAfter,
      booking_id: movement.bookingId,
      reason: movement.reason,
    };
  }
}

export class PackageMovementPage extends PageResponse(PackageMovementResponse) {}

/** A package that can be bought: a price with the name of its coach. */
export class PackageOfferResponse extends PricingResponse {
  coach_name: string;

  static override from(offer: PackageOffer): PackageOfferResponse {
    return { ...PricingResponse.from(offer), coach_name: offer.coachName };
  }
}

export class PackageOfferPage extends PageResponse(PackageOfferResponse) {}

/** A package that waits for its money, and the payment to be recorded. */
export class PurchaseResponse {
  package: PackageResponse;
  payment: PaymentResponse;

  static from({ pack, payment }: Purchase): PurchaseResponse {
    return { package: PackageResponse.from(pack), payment: PaymentResponse.from(payment) };
  }
}
