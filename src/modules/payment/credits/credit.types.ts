export const PACKAGE_STATUSES = ['awaiting_payment', 'active', 'exhausted', 'expired', 'cancelled'] as const;
export type PackageStatus = (typeof PACKAGE_STATUSES)[number];

export const MOVEMENT_KINDS = ['purchase', 'hold', 'release', 'consume', 'restore', 'expire', 'adjust'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** From so many sessions on a package runs low: coach and client are told, once. */
export const LOW_SESSIONS = 2;

/** What a client has left with a coach, over all active packages. */
export interface CreditSums {
  /** Sessions not consumed yet, held ones included. */
  remaining: number;
  /** Sessions that can still be booked: remaining less held. */
  bookable: number;
}

/** The package that will pay for a booking. */
export interface PackageChoice {
  packageId: string;
  /** ISO 4217. */
  currency: string;
  /** The last day, YYYY-MM-DD in the coach's zone, itself included; null = no limit. */
  validUntil: string | null;
}

/** A booking as the ledger names it; the two people are users.id. */
export interface CreditedBooking {
  id: string;
  coachId: string;
  clientId: string;
}

/** How a credit comes back. */
export interface CreditReturn {
  /** The coach cancelled, rejected or did not answer: then an expired package lives on for 30 days. */
  causedByCoach: boolean;
  /** The local date of this moment, YYYY-MM-DD in the coach's zone. */
  today: string;
}
