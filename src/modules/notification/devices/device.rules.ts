import { DAY_MS } from 'src/common/clock/durations';
import type { NotificationEntity } from 'src/modules/notification/entities/notification.entity';

export const PUSH_PLATFORMS = ['android', 'ios', 'web'] as const;
export type PushPlatform = (typeof PUSH_PLATFORMS)[number];

/** Longest token that a device may register. */
export const MAX_TOKEN = 512;
/** More devices than this nobody carries around: who registers another one loses the one that was silent longest. */
export const MAX_DEVICES = 20;

/** What is told of a week late helps nobody; the inbox has it. */
const SHOWN_WITHIN_MS = 3 * DAY_MS;

/** From when on a push is worth nothing, so that it is not sent, and not shown by a phone that was off until then. */
export function worthlessFrom({ createdAt, expiresAt }: Pick<NotificationEntity, 'createdAt' | 'expiresAt'>): Date {
  const shownUntil = new Date(createdAt.getTime() + SHOWN_WITHIN_MS);
  return expiresAt && expiresAt < shownUntil ? expiresAt : shownUntil;
}

/** The key whose devices a message spares: that of a new device, which knows of itself. Null for every other message. */
export function sparedKey({ type, fact }: Pick<NotificationEntity, 'type' | 'fact'>): string | null {
  return type === 'api_key_created' ? fact : null;
}
