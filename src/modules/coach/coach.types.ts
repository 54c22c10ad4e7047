export { SPECIALTIES } from './profile/profile.rules';

/** Of one package, as it is sold. */
export const MAX_SESSIONS = 200;

export const POLICY_MODES = ['auto', 'manual'] as const;
/** Whether a penalty falls by itself, or waits for the coach to apply it. */
export type PolicyMode = (typeof POLICY_MODES)[number];

/** When a cancellation is late and what it costs (rules §3.1). */
export interface CancellationPolicy {
  /** Hours before the start, 1–168. */
  thresholdHours: number;
  mode: PolicyMode;
  noshowIsDue: boolean;
  /** Shown to clients. */
  clientMessage: string | null;
}

/** What holds for a coach who stored no policy. */
export const DEFAULT_POLICY: CancellationPolicy = {
  thresholdHours: 24,
  mode: 'auto',
  noshowIsDue: true,
  clientMessage: null,
};

/** A weekly range in which a coach receives, in the wall clock of his zone. Active ones of a day do not overlap. */
export interface AvailabilityWindow {
  /** 0 = Monday … 6 = Sunday. */
  dayOfWeek: number;
  /** Minutes after local midnight, 0–1439. */
  startMinute: number;
  /** Minutes after local midnight, 1–1440, after `startMinute`. */
  endMinute: number;
  /** Seats of each slot, ≥ 1. */
  maxSlots: number;
  /** Days of 24 h; null = the schedule's. */
  horizonDays: number | null;
  active: boolean;
}

/** All that slots and bookings need to know of a coach who can be booked. */
export interface CoachSchedule {
  coachId: string;
  /** IANA name. */
  timezone: string;
  /** Length of an ordinary session; with the buffer it makes the step of the grid, whatever the duration asked. */
  sessionDurationMin: number;
  bufferMin: number;
  minNoticeHours: number;
  /** Days of 24 h, for the windows that name none. */
  horizonDays: number;
  /** By day and start. */
  windows: AvailabilityWindow[];
  /** ISO 4217. */
  currency: string;
  discoveryEnabled: boolean;
  discoveryFree: boolean;
  /** In `currency`; null only while the discovery is free. */
  discoveryPriceCents: number | null;
  discoveryDurationMin: number;
  /** How many people he trains at once; null = no limit. */
  maxClients: number | null;
  policy: CancellationPolicy;
}

/** The price of a single session. */
export interface SessionPrice {
  pricingId: string;
  priceCents: number;
  /** ISO 4217. */
  currency: string;
  /** A private one is for clients who may book single sessions at it. */
  isPublic: boolean;
}
