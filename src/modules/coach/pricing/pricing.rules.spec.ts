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
  it('is the lowest public price of a single session', () => {
    expect(
      cheapestSessionCents([
        { type: 'per_session', isPublic: true, priceCents: 6000 },
        { type: 'per_session', isPublic: true, priceCents: 5000 },
        { type: 'per_session', isPublic: false, priceCents: 4000 },
        { type: 'package', isPublic: true, priceCents: 100 },
      ]),
    ).toBe(5000);
  });

  it('may be free', () => {
    expect(cheapestSessionCents([{ type: 'per_session', isPublic: true, priceCents: 0 }])).toBe(0);
  });

  it('is nothing where no single session is sold to everybody', () => {
    expect(cheapestSessionCents([])).toBeNull();
    expect(cheapestSessionCents([{ type: 'per_session', isPublic: false, priceCents: 4000 }])).toBeNull();
  });
});
