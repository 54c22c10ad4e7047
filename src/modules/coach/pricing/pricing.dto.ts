import { given } from 'src/common/http/changes';
import { Cents, Currency } from 'src/common/http/domain-fields';
import { Check, Choice, Flag, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { MAX_SESSIONS } from 'src/modules/coach/coach.types';
import { fitsType, PRICING_TYPES, type PricingType } from './pricing.rules';

export class CreatePricingDto {
  @Choice(PRICING_TYPES)
  type: PricingType;

  @Text({ min: 2, max: 100 })
  name: string;

  /** Exactly 1 for a single session. */
  @Optional()
  @Whole(1, MAX_SESSIONS)
  @Check('too_large', (count, whole) => typeof count !== 'number' || count <= 1 || fitsType(typeIn(whole), count))
  session_count: number = 1;

  @Cents()
  price_cents: number;

  /** The profile's unless given. */
  @Optional()
  @Currency()
  currency?: string;

  @Nullable()
  @Whole(1, 24)
  validity_months?: number | null;

  @Optional()
  @Flag()
  is_public: boolean = true;
}

function typeIn(request: object): PricingType {
  return (request as CreatePricingDto).type;
}

export class UpdatePricingDto {
  @Optional()
  @Text({ min: 2, max: 100 })
  name?: string;

  /** Exactly 1 for a single session. */
  @Optional()
  @Whole(1, MAX_SESSIONS)
  session_count?: number;

  @Optional()
  @Cents()
  price_cents?: number;

  @Optional()
  @Currency()
  currency?: string;

  @Nullable()
  @Whole(1, 24)
  validity_months?: number | null;

  @Optional()
  @Flag()
  is_public?: boolean;
}

/** What a coach may change of a price; its type stays. */
export interface PricingTerms {
  name: string;
  sessionCount: number;
  priceCents: number;
  currency: string;
  validityMonths: number | null;
  isPublic: boolean;
}

/** The terms that a request names. */
export function termsIn(dto: UpdatePricingDto): Partial<PricingTerms> {
  return given<PricingTerms>({
    name: dto.name,
    sessionCount: dto.session_count,
    priceCents: dto.price_cents,
    currency: dto.currency,
    validityMonths: dto.validity_months,
    isPublic: dto.is_public,
  });
}
