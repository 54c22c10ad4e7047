export const PRICING_TYPES = ['per_session', 'package'] as const;
export type PricingType = (typeof PRICING_TYPES)[number];

export const MAX_PRICE_CENTS = 10_000_000;
export const MAX_SESSIONS = 200;

/** A price per session is the price of one. */
export function fitsType(type: PricingType, sessionCount: number): boolean {
  return type !== 'per_session' || sessionCount === 1;
}

/** Cents of the cheapest single session that anybody may buy, or null. */
export function cheapestSessionCents(
  prices: readonly { type: PricingType; isPublic: boolean; priceCents: number }[],
): number | null {
  const open = prices.filter(({ type, isPublic }) => type === 'per_session' && isPublic);
  return open.length === 0 ? null : Math.min(...open.map(({ priceCents }) => priceCents));
}
