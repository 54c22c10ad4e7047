import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import type { PricingKind } from './booking.state';

/** What the booker says about paying; all of it may be left open. */
export interface PaymentWish {
  pricingType?: PricingKind;
  pricingId?: string;
  packageId?: string;
}

/** What pays a booking, fixed when it is made. */
export interface Payment {
  pricingType: PricingKind;
  pricingId: string | null;
  packageId: string | null;
  /** Null when a package pays, or when the two settle it between them. */
  priceCents: number | null;
  /** ISO 4217. */
  currency: string;
}

/** A rule of §1.4, by what it looks at. */
export type PaymentRule = 'discovery' | 'named_package' | 'any_package' | 'single' | 'package_or_single';

/** Which rule of §1.4 the wish falls under: the first that fits. */
export function paymentRule({ pricingType, pricingId, packageId }: PaymentWish): PaymentRule {
  if (pricingType === 'discovery') return 'discovery';
  if (packageId !== undefined) return 'named_package';
  if (pricingType === 'package') return 'any_package';
  if (pricingType === 'per_session' || pricingId !== undefined) return 'single';
  return 'package_or_single';
}

/** What the coach says of discovery sessions. */
export interface DiscoveryOffer {
  discoveryEnabled: boolean;
  discoveryFree: boolean;
  discoveryPriceCents: number | null;
  currency: string;
}

/** What the pair has behind it. */
export interface DiscoveryHistory {
  relation: RelationStatus | null;
  hasDone: boolean;
  hasActiveDiscovery: boolean;
}

/** Rule 1: a first meeting, once, for a pair that does not train together. Null = it may be booked. */
export function discoveryRefusal(
  { discoveryEnabled }: Pick<DiscoveryOffer, 'discoveryEnabled'>,
  { relation, hasDone, hasActiveDiscovery }: DiscoveryHistory,
): 'discovery_not_offered' | 'discovery_already_used' | null {
  if (!discoveryEnabled) return 'discovery_not_offered';
  const isClient = relation === 'active' || relation === 'paused';
  return isClient || hasDone || hasActiveDiscovery ? 'discovery_already_used' : null;
}

export function discoveryPayment({ discoveryFree, discoveryPriceCents, currency }: DiscoveryOffer): Payment {
  const priceCents = discoveryFree ? 0 : (discoveryPriceCents ?? 0);
  return { pricingType: 'discovery', pricingId: null, packageId: null, priceCents, currency };
}

export function packagePayment({ packageId, currency }: { packageId: string; currency: string }): Payment {
  return { pricingType: 'package', pricingId: null, packageId, priceCents: null, currency };
}

/** A price of single sessions, as the coach made it. */
export interface SinglePrice {
  pricingId: string;
  priceCents: number;
  currency: string;
}

/** What rule 4 looks at. */
export interface SinglePriceFacts {
  /** The coach sells something, whatever it is. */
  hasPrices: boolean;
  hasPublicPrice: boolean;
  allowUnitBooking: boolean;
}

/** Rule 4: single sessions are sold to everybody, or to this client. */
export function maySingly({ hasPrices, hasPublicPrice, allowUnitBooking }: SinglePriceFacts): boolean {
  return hasPrices && (hasPublicPrice || allowUnitBooking);
}

/** @param price the one that was named, or the cheapest; null = none, settled between the two */
export function singlePayment(price: SinglePrice | null, coachCurrency: string): Payment {
  return {
    pricingType: 'per_session',
    pricingId: price?.pricingId ?? null,
    packageId: null,
    priceCents: price?.priceCents ?? null,
    currency: price?.currency ?? coachCurrency,
  };
}
