import { ACCOUNT_CATALOGUE } from './account-catalogue';
import { BOOKING_CATALOGUE } from './booking-catalogue';
import { COACH_CATALOGUE } from './coach-catalogue';
import { DISCOVERY_CATALOGUE } from './discovery-catalogue';
import type { NotificationKind, Recipient, Value } from './notification.types';
import { PAYMENT_CATALOGUE } from './payment-catalogue';
import { TRAINING_CATALOGUE } from './training-catalogue';
import { WAITLIST_CATALOGUE } from './waitlist-catalogue';

/**
 * The types of notification (rules §9), each source in a file of its own: channels, data, deep link and what their texts
 * are filled with. The texts stand in `i18n/<language>/notification.json` under `types.<type>`.
 */
export const CATALOGUE = {
  ...BOOKING_CATALOGUE,
  ...DISCOVERY_CATALOGUE,
  ...WAITLIST_CATALOGUE,
  ...PAYMENT_CATALOGUE,
  ...COACH_CATALOGUE,
  ...TRAINING_CATALOGUE,
  ...ACCOUNT_CATALOGUE,
} as const satisfies Record<string, NotificationKind>;

export type NotificationType = keyof typeof CATALOGUE;

/** What this release can tell. In the inbox there may be more: what a later one has written before it was taken back. */
export const KNOWN_TYPES = Object.keys(CATALOGUE) as readonly NotificationType[];

type Kind<T extends NotificationType> = (typeof CATALOGUE)[T];

interface MessageOf<T extends NotificationType> {
  type: T;
  /** Names what happened: the same fact is told once. */
  fact: string;
  variant?: Kind<T>['variants'][number];
  data: Readonly<Record<Kind<T>['data'][number], string>>;
  values: Readonly<Record<Kind<T>['values'][number], Value>>;
  /** At that moment and after it the message is worth nothing, so it does not come. */
  before?: Date;
}

/** As whom somebody is told, where not everybody who is told is mailed. */
type Part<T extends NotificationType> =
  Kind<T> extends { mailTo: readonly Recipient[] } ? { as: Recipient } : { as?: never };

/** One thing to tell one person. Its type says which data and values belong to it. */
export type NotificationMessage = { [T in NotificationType]: MessageOf<T> & Part<T> }[NotificationType];

export function kindOf(type: NotificationType): NotificationKind {
  return CATALOGUE[type];
}

export function isMailed({ type, as }: NotificationMessage): boolean {
  const { mail, mailTo } = kindOf(type);
  return mail && (mailTo === undefined || (as !== undefined && mailTo.includes(as)));
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
