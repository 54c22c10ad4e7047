import { currencyOf } from './currencies';

export const SPECIALTIES = [
  'muscu',
  'cardio',
  'yoga',
  'pilates',
  'crossfit',
  'natation',
  'boxe',
  'running',
  'nutrition',
  'bien_etre',
  'rehabilitation',
  'sport_co',
  'autre',
] as const;

/** What the coach decides in his profile; money in cents of `currency`, lengths in minutes unless they say otherwise. */
export interface ProfileSettings {
  bio: string | null;
  country: string | null;
  city: string | null;
  currency: string;
  sessionDurationMin: number;
  discoveryEnabled: boolean;
  discoveryFree: boolean;
  discoveryPriceCents: number | null;
  discoveryDurationMin: number;
  bookingHorizonDays: number;
  bufferMin: number;
  minNoticeHours: number;
  smsSenderName: string | null;
  experienceYears: number | null;
  maxClients: number | null;
  languages: string[];
  specialties: string[];
}

const DEFAULT_SESSION_MIN = 60;

const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** ISO 639-1. */
export function isLanguage(code: string): boolean {
  return /^[a-z]{2}$/.test(code) && LANGUAGE_NAMES.of(code) !== undefined;
}

export function isSpecialty(slug: string): boolean {
  return (SPECIALTIES as readonly string[]).includes(slug);
}

/** A new profile: what was given, and the defaults of contract §4.5 for the rest. */
export function newSettings(given: Partial<ProfileSettings>): ProfileSettings {
  return {
    bio: null,
    country: null,
    city: null,
    currency: currencyOf(given.country ?? null),
    sessionDurationMin: DEFAULT_SESSION_MIN,
    discoveryEnabled: false,
    discoveryFree: true,
    discoveryPriceCents: null,
    discoveryDurationMin: given.sessionDurationMin ?? DEFAULT_SESSION_MIN,
    bookingHorizonDays: 30,
    bufferMin: 0,
    minNoticeHours: 0,
    smsSenderName: null,
    experienceYears: null,
    maxClients: null,
    languages: [],
    specialties: [],
    ...given,
  };
}

/** A discovery session is free or has a price, also while it is not offered: it can be switched on at any time. */
export function lacksDiscoveryPrice(settings: Pick<ProfileSettings, 'discoveryFree' | 'discoveryPriceCents'>): boolean {
  return !settings.discoveryFree && settings.discoveryPriceCents === null;
}

/** What of a profile counts as filled in. */
export interface FilledIn {
  bio: boolean;
  specialties: boolean;
  gyms: boolean;
  prices: boolean;
  hours: boolean;
  certifications: boolean;
}

/** Points of the profile towards 100 (rules §7); those of the account itself are counted with the account. */
export function completionPoints({ bio, specialties, gyms, prices, hours, certifications }: FilledIn): number {
  const words = (bio ? 10 : 0) + (specialties ? 10 : 0) + (gyms ? 10 : 0) + (certifications ? 5 : 0);
  return words + (prices ? 15 : 0) + (hours ? 15 : 0);
}

/** A coach can be found and booked from here on (rules §7). */
export function onboardingCompleted({
  specialties,
  prices,
  hours,
}: Pick<FilledIn, 'specialties' | 'prices' | 'hours'>): boolean {
  return specialties && prices && hours;
}

/** A coach is certified when an admin verified him, or one of the certifications that he shows. */
export function isCertified(verified: boolean, certifications: readonly { verified: boolean }[]): boolean {
  return verified || certifications.some((certification) => certification.verified);
}
