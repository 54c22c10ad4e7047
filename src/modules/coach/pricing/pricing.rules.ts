export const PRICING_TYPES = ['per_session', 'package'] as const;
export type PricingType = (typeof PRICING_TYPES)[number];

/** A price per session is the price of one. */
export function fitsType(type: PricingType, sessionCount: number): boolean {
  return type !== 'per_session' || sessionCount === 1;
}

/** Cents of the cheapest single session that anybody may buy in the coach's own currency, or null. */
export function cheapestSessionCents(
  prices: readonly { type: PricingType; isPublic: boolean; priceCents: number; currency: string }[],
  ownCurrency: string,
): number | null {
  const open = prices.filter(
    ({ type, isPublic, currency }) => type === 'per_session' && isPublic && currency === ownCurrency,
  );
  return open.length === 0 ? null : Math.min(...open.map(({ priceCents }) => priceCents));
}
