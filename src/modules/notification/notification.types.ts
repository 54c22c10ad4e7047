import type { WeightUnit } from 'src/common/i18n/weight-texts';

/** An instant, told in the zone of whoever reads it, followed by the coach's where a session is meant. */
export interface Moment {
  at: Date;
  /** IANA name; null where no session is meant. */
  coachTimezone: string | null;
  /** Where it takes place, said after the time. */
  place?: string | null;
}

/** A day of the calendar, in whatever zone it was set. */
export interface Day {
  /** YYYY-MM-DD. */
  day: string;
}

export interface Money {
  /** Cents, or whole units of a currency that has none. */
  amountCents: number;
  /** ISO 4217. */
  currency: string;
}

/** So many of something, in the words of `notification.counts.<of>`. */
export interface Count {
  count: number;
  of: 'sessions' | 'weeks';
}

/** What somebody lifts, in the unit that he reads. */
export interface Weight {
  weightKg: number;
  unit: WeightUnit;
}

/** Somebody whom the message speaks of: when he is erased, it goes with him. */
export interface Named {
  name: string;
  /** users.id. */
  userId: string;
}

/** Sums of several currencies, said one after another. */
export interface Sums {
  sums: readonly Money[];
}

/** What fills a placeholder: as it is, or in the words of the reader's language, locale and zone. */
export type Value = string | Named | Moment | Day | Money | Sums | Count | Weight;

/** What must still be so when a message leaves; who knows it stands in the `Standings`. */
export interface Standing {
  subject:
    | 'booking'
    | 'request'
    | 'waitlist_entry'
    | 'package'
    | 'payment'
    | 'relation'
    | 'performance'
    | 'personal_record'
    | 'plan'
    | 'target';
  /** The key of `data` that holds its id; empty where there is no such thing. */
  id: string;
  states: readonly string[];
}

/** In which part somebody is told. */
export type Recipient = 'client' | 'coach' | 'user';

/** How one type of notification is told. In the inbox it always stands. */
export interface NotificationKind {
  /** What happened, for the page that shows the catalogue. */
  trigger: string;
  to: readonly Recipient[];
  push: boolean;
  mail: boolean;
  /** Where not everybody who is told is mailed. */
  mailTo?: readonly Recipient[];
  /** Cannot be switched off, and reaches a suspended account too. */
  security: boolean;
  /** Waits for the end of the quiet hours of its reader (R in rules §9). */
  quiet: boolean;
  /** Keys of `data`, besides `type` and `deep_link`. */
  data: readonly string[];
  /** Where a tap leads; `{key}` is taken from `data`. */
  deepLink: `mycoach://${string}`;
  /** The placeholders of the texts, each used by one of them; all of them are given with every message. */
  values: readonly string[];
  /** Bodies besides `body`: `body_<variant>`. */
  variants: readonly string[];
  /** What must still be so when it leaves; null where it stays true. */
  standing: Standing | null;
}

/** How most are told: pushed at any hour, not mailed, in one wording, and true for ever. */
export const TOLD = {
  push: true,
  mail: false,
  security: false,
  quiet: false,
  variants: [],
  standing: null,
} as const satisfies Partial<NotificationKind>;
