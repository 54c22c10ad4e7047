import { NOTIFICATION_TYPES, type NotificationTypeName, SECURITY_TYPES } from 'src/modules/notification/type-names';

/** Whether messages of one type leave, by channel. In the inbox they stand in any case. */
export interface Channels {
  push: boolean;
  email: boolean;
}

/** What somebody says about one type; a channel that is not named stays as it is. */
export type Wish = Partial<Channels>;

/** By type; a type that is not named stays as it is. */
export type Wishes = Readonly<Partial<Record<string, Wish>>>;

export type Preferences = Record<NotificationTypeName, Channels>;

/** Complete: whatever was never said anything about is on, and so is all that is about safety (rules §9). */
export function preferencesOf(kept: ReadonlyMap<string, Channels>): Preferences {
  return Object.fromEntries(
    NOTIFICATION_TYPES.map((type) => {
      const { push, email } = (SECURITY_TYPES.has(type) ? null : kept.get(type)) ?? { push: true, email: true };
      return [type, { push, email }];
    }),
  ) as Preferences;
}

/** What is to be kept, by type. Wishes that say nothing, or are for what cannot be switched off, are passed over. */
export function keptOf(wishes: Wishes): Map<string, Wish> {
  const kept = new Map<string, Wish>();
  for (const type of NOTIFICATION_TYPES) {
    const { push, email } = wishes[type] ?? {};
    if (!SECURITY_TYPES.has(type) && (push !== undefined || email !== undefined)) kept.set(type, { push, email });
  }
  return kept;
}
