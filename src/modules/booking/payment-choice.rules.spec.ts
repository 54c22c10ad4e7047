import fc from 'fast-check';
import {
  discoveryPayment,
  discoveryRefusal,
  maySingly,
  packagePayment,
  paymentRule,
  singlePayment,
} from './payment-choice.rules';

describe('the rule by which a booking is paid', () => {
  it('is the first that fits the wish', () => {
    expect(paymentRule({})).toBe('package_or_single');
    expect(paymentRule({ pricingType: 'package' })).toBe('any_package');
    expect(paymentRule({ pricingType: 'package', pricingId: 'x' })).toBe('any_package');
    expect(paymentRule({ packageId: 'p' })).toBe('named_package');
    expect(paymentRule({ packageId: 'p', pricingType: 'per_session', pricingId: 'x' })).toBe('named_package');
    expect(paymentRule({ pricingType: 'per_session' })).toBe('single');
    expect(paymentRule({ pricingId: 'x' })).toBe('single');
    expect(paymentRule({ pricingType: 'discovery', packageId: 'p', pricingId: 'x' })).toBe('discovery');
  });
});

describe('a discovery', () => {
  const nothing = { relation: null, hasDone: false, hasActiveDiscovery: false };

  it('must be offered', () => {
    expect(discoveryRefusal({ discoveryEnabled: false }, nothing)).toBe('discovery_not_offered');
    expect(discoveryRefusal({ discoveryEnabled: true }, nothing)).toBeNull();
  });

  it('is for two who do not train together, have not met, and are not about to', () => {
    const refusal = (history: Partial<typeof nothing> | { relation: 'active' | 'paused' | 'ended' | 'discovery' }) =>
      discoveryRefusal({ discoveryEnabled: true }, { ...nothing, ...history });
    expect(refusal({ relation: 'active' })).toBe('discovery_already_used');
    expect(refusal({ relation: 'paused' })).toBe('discovery_already_used');
    expect(refusal({ relation: 'ended' })).toBeNull();
    expect(refusal({ relation: 'discovery' })).toBeNull();
    expect(refusal({ hasDone: true })).toBe('discovery_already_used');
    expect(refusal({ hasActiveDiscovery: true })).toBe('discovery_already_used');
  });

  it('costs nothing when it is free, whatever price was left in the profile', () => {
    const offer = { discoveryEnabled: true, discoveryPriceCents: 2_000, currency: 'EUR' };
    expect(discoveryPayment({ ...offer, discoveryFree: true })).toMatchObject({ priceCents: 0, currency: 'EUR' });
    expect(discoveryPayment({ ...offer, discoveryFree: false })).toMatchObject({
      pricingType: 'discovery',
      priceCents: 2_000,
      packageId: null,
      pricingId: null,
    });
  });
});

describe('a single session', () => {
  it('is sold when there is a public price, or to whom the coach allows it; never by a coach without any price', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (hasPublicPrice, allowUnitBooking) => {
        expect(maySingly({ hasPrices: true, hasPublicPrice, allowUnitBooking })).toBe(
          hasPublicPrice || allowUnitBooking,
        );
        expect(maySingly({ hasPrices: false, hasPublicPrice: false, allowUnitBooking })).toBe(false);
      }),
    );
  });

  it('has the price and its currency, else none in the currency of the coach', () => {
    expect(singlePayment({ pricingId: 'x', priceCents: 4_000, currency: 'USD' }, 'EUR')).toEqual({
      pricingType: 'per_session',
      pricingId: 'x',
      packageId: null,
      priceCents: 4_000,
      currency: 'USD',
    });
    expect(singlePayment(null, 'EUR')).toMatchObject({ pricingId: null, priceCents: null, currency: 'EUR' });
  });
});

describe('a session of a package', () => {
  it('has no price of its own', () => {
    expect(packagePayment({ packageId: 'p', currency: 'CHF' })).toEqual({
      pricingType: 'package',
      pricingId: null,
      packageId: 'p',
      priceCents: null,
      currency: 'CHF',
    });
  });
});
