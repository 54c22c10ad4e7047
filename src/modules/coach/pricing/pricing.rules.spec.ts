import { cheapestSessionCents, fitsType } from './pricing.rules';

describe('the number of sessions of a price', () => {
  it('is one per session and any for a package', () => {
    expect(fitsType('per_session', 1)).toBe(true);
    expect(fitsType('per_session', 2)).toBe(false);
    expect(fitsType('package', 1)).toBe(true);
    expect(fitsType('package', 200)).toBe(true);
  });
});

describe('the cheapest session', () => {
  const price = (priceCents: number, more: object = {}) =>
    ({ type: 'per_session', isPublic: true, priceCents, currency: 'EUR', ...more }) as const;

  it('is the lowest public price of a single session', () => {
    const prices = [price(6000), price(5000), price(4000, { isPublic: false }), price(100, { type: 'package' })];
    expect(cheapestSessionCents(prices, 'EUR')).toBe(5000);
  });

  it('does not compare amounts of different currencies', () => {
    expect(cheapestSessionCents([price(5000), price(100, { currency: 'USD' })], 'EUR')).toBe(5000);
    expect(cheapestSessionCents([price(100, { currency: 'USD' })], 'EUR')).toBeNull();
  });

  it('may be free', () => {
    expect(cheapestSessionCents([price(0)], 'EUR')).toBe(0);
  });

  it('is nothing where no single session is sold to everybody', () => {
    expect(cheapestSessionCents([], 'EUR')).toBeNull();
    expect(cheapestSessionCents([price(4000, { isPublic: false })], 'EUR')).toBeNull();
  });
});
