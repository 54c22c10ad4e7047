import { currencyOf } from './currencies';
import {
  completionPoints,
  isCertified,
  isLanguage,
  isSpecialty,
  lacksDiscoveryPrice,
  newSettings,
  onboardingCompleted,
  SPECIALTIES,
} from './profile.rules';

describe('the currency of a country', () => {
  it.each([
    ['FR', 'EUR'],
    ['BG', 'EUR'],
    ['CH', 'CHF'],
    ['GB', 'GBP'],
    ['US', 'USD'],
    ['CA', 'CAD'],
    ['BR', 'BRL'],
    ['SN', 'XOF'],
    ['CM', 'XAF'],
    ['CD', 'CDF'],
    ['MA', 'MAD'],
    ['AO', 'AOA'],
    ['MZ', 'MZN'],
    ['GF', 'EUR'],
  ])('of %s is %s', (country, currency) => {
    expect(currencyOf(country)).toBe(currency);
  });

  it('is the euro where there is no country, or none that we know', () => {
    expect(currencyOf(null)).toBe('EUR');
    expect(currencyOf('AQ')).toBe('EUR');
  });

  it('is always a currency that the wire accepts', () => {
    const accepted = new Set(Intl.supportedValuesOf('currency'));
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const currencies = letters.flatMap((one) => letters.map((other) => currencyOf(one + other)));
    expect(currencies.filter((currency) => !accepted.has(currency))).toEqual([]);
  });
});

describe('a new profile', () => {
  it('has the defaults of the contract', () => {
    expect(newSettings({})).toEqual({
      bio: null,
      country: null,
      city: null,
      currency: 'EUR',
      sessionDurationMin: 60,
      discoveryEnabled: false,
      discoveryFree: true,
      discoveryPriceCents: null,
      discoveryDurationMin: 60,
      bookingHorizonDays: 30,
      bufferMin: 0,
      minNoticeHours: 0,
      smsSenderName: null,
      experienceYears: null,
      maxClients: null,
      languages: [],
      specialties: [],
    });
  });

  it('takes the currency of its country unless one is given', () => {
    expect(newSettings({ country: 'CH' }).currency).toBe('CHF');
    expect(newSettings({ country: 'CH', currency: 'EUR' }).currency).toBe('EUR');
  });

  it('makes the discovery as long as a session unless told otherwise', () => {
    expect(newSettings({ sessionDurationMin: 45 }).discoveryDurationMin).toBe(45);
    expect(newSettings({ sessionDurationMin: 45, discoveryDurationMin: 30 }).discoveryDurationMin).toBe(30);
  });
});

describe('the discovery price', () => {
  it('is missing only where the discovery is not free and has none', () => {
    expect(lacksDiscoveryPrice({ discoveryFree: false, discoveryPriceCents: null })).toBe(true);
    expect(lacksDiscoveryPrice({ discoveryFree: false, discoveryPriceCents: 0 })).toBe(false);
    expect(lacksDiscoveryPrice({ discoveryFree: false, discoveryPriceCents: 1500 })).toBe(false);
    expect(lacksDiscoveryPrice({ discoveryFree: true, discoveryPriceCents: null })).toBe(false);
  });
});

describe('completion of a profile', () => {
  const nothing = {
    bio: false,
    specialties: false,
    gyms: false,
    prices: false,
    hours: false,
    certifications: false,
  };
  const everything = { bio: true, specialties: true, gyms: true, prices: true, hours: true, certifications: true };

  it.each([
    ['bio', 10],
    ['specialties', 10],
    ['gyms', 10],
    ['prices', 15],
    ['hours', 15],
    ['certifications', 5],
  ])('counts %s as %i points', (part, points) => {
    expect(completionPoints({ ...nothing, [part]: true })).toBe(points);
    expect(completionPoints({ ...everything, [part]: false })).toBe(65 - points);
  });

  it('leaves the rest of the hundred to the account', () => {
    expect(completionPoints(nothing)).toBe(0);
    expect(completionPoints(everything)).toBe(65);
  });

  it('ends the onboarding with specialties, a price and hours, with or without a bio', () => {
    expect(onboardingCompleted(everything)).toBe(true);
    for (const part of ['specialties', 'prices', 'hours'])
      expect(onboardingCompleted({ ...everything, [part]: false })).toBe(false);
  });
});

describe('a certified coach', () => {
  it('is one whom an admin verified, or one of whose certifications', () => {
    expect(isCertified(false, [])).toBe(false);
    expect(isCertified(false, [{ verified: false }])).toBe(false);
    expect(isCertified(false, [{ verified: false }, { verified: true }])).toBe(true);
    expect(isCertified(true, [])).toBe(true);
  });
});

describe('words of a profile', () => {
  it('knows the languages of ISO 639-1 only', () => {
    expect(['fr', 'en', 'pt', 'ar', 'wo'].every(isLanguage)).toBe(true);
    expect(['xx', 'FR', 'fra', 'fr-FR', '', 'f'].some(isLanguage)).toBe(false);
  });

  it('knows its thirteen specialties only', () => {
    expect(SPECIALTIES).toHaveLength(13);
    expect(SPECIALTIES.every(isSpecialty)).toBe(true);
    expect(['Yoga', 'karate', '', 'toString'].some(isSpecialty)).toBe(false);
  });
});
