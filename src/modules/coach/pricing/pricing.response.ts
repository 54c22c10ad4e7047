import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { Pricing } from 'src/modules/coach/entities/pricing.entity';
import { PRICING_TYPES, type PricingType } from './pricing.rules';

export class PricingResponse {
  id: string;
  coach_id: string;
  @ApiProperty({ enum: PRICING_TYPES })
  type: PricingType;
  name: string;
  session_count: number;
  price_cents: number;
  currency: string;
  validity_months: number | null;
  is_public: boolean;
  @ApiInstant()
  created_at: string;

  static from(pricing: Pricing): PricingResponse {
    return {
      id: pricing.id,
      coach_id: pricing.coachId,
      type: pricing.type,
      name: pricing.name,
      session_count: pricing.sessionCount,
      price_cents: pricing.priceCents,
      currency: pricing.currency,
      validity_months: pricing.validityMonths,
      is_public: pricing.isPublic,
      created_at: wireInstant(pricing.createdAt),
    };
  }
}
