/** How one type of notification is told. In the inbox it always stands. */
interface NotificationKind {
  push: boolean;
  mail: boolean;
  /** Cannot be switched off, and reaches a suspended account too. */
  security: boolean;
  /** Keys of `data`, besides `type` and `deep_link`. */
  data: readonly string[];
  /** Where a tap leads; `{key}` is taken from `data`. */
  deepLink: `mycoach://${string}`;
  /** Placeholders of the texts, all of them given with every message. */
  values: readonly string[];
  /** Bodies besides `body`: `body_<variant>`. */
  variants: readonly string[];
}

const booking = {
  push: true,
  mail: false,
  security: false,
  data: ['booking_id'],
  deepLink: 'mycoach://bookings/{booking_id}',
  values: ['client', 'coach', 'session'],
  variants: [],
} as const satisfies NotificationKind;

/**
 * The types of notification (rules §9): channels, data, deep link and what their texts are filled with. The texts stand
 * in `i18n/<language>/notification.json` under `types.<type>`.
 */
export const CATALOGUE = {
  booking_requested: {
    ...booking,
    mail: true,
    data: ['booking_id', 'client_id', 'expires_at'],
    values: ['client', 'coach', 'session', 'deadline'],
  },
  booking_sent: booking,
  booking_confirmed: { ...booking, mail: true, data: ['booking_id', 'coach_id'] },
  session_confirmed: { ...booking, data: ['booking_id', 'client_id'] },
  booking_rejected: {
    ...booking,
    values: ['client', 'coach', 'session', 'reason'],
    variants: ['with_reason'],
  },
  booking_auto_rejected: { ...booking, variants: ['for_coach'] },
  booking_cancelled_by_client: { ...booking, data: ['booking_id', 'client_id'] },
  booking_cancelled_late: {
    ...booking,
    data: ['booking_id', 'client_id', 'penalty_due'],
    variants: ['due'],
  },
  booking_cancelled_by_coach: {
    ...booking,
    mail: true,
    data: ['booking_id', 'coach_id'],
    values: ['client', 'coach', 'session', 'reason'],
    variants: ['with_reason'],
  },
  api_key_created: {
    push: true,
    mail: true,
    security: true,
    data: ['device_name'],
    deepLink: 'mycoach://account/devices',
    values: ['device', 'time'],
    variants: [],
  },
  password_changed: {
    push: false,
    mail: true,
    security: true,
    data: [],
    deepLink: 'mycoach://account/security',
    values: ['time'],
    variants: [],
  },
} as const satisfies Record<string, NotificationKind>;

export type NotificationType = keyof typeof CATALOGUE;

type Kind<T extends NotificationType> = (typeof CATALOGUE)[T];

/** An instant, told in the zone of whoever reads it, followed by the coach's where a session is meant. */
export interface Moment {
  at: Date;
  /** IANA name; null where no session is meant. */
  coachTimezone: string | null;
}

interface MessageOf<T extends NotificationType> {
  type: T;
  /** Names what happened: the same fact is told once. */
  fact: string;
  variant?: Kind<T>['variants'][number];
  data: Readonly<Record<Kind<T>['data'][number], string>>;
  values: Readonly<Record<Kind<T>['values'][number], string | Moment>>;
}

/** One thing to tell one person. Its type says which data and values belong to it. */
export type NotificationMessage = { [T in NotificationType]: MessageOf<T> }[NotificationType];

export function kindOf(type: NotificationType): NotificationKind {
  return CATALOGUE[type];
}

/** What travels with the message: the keys of its type, its name, and where a tap leads. */
export function dataOf(type: NotificationType, data: Readonly<Record<string, string>>): Record<string, string> {
  const { deepLink } = kindOf(type);
  return {
    type,
    deep_link: deepLink.replace(/\{(\w+)\}/g, (whole, key: string) => data[key] ?? whole),
    ...data,
  };
}
