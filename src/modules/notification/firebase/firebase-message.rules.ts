import type { TokenMessage } from 'firebase-admin/messaging';
import type { Push } from 'src/common/outbound/outbound';

/** Together with the rest of a message they fit into the 4096 bytes that there are, in whatever script. */
const MAX_TITLE = 100;
const MAX_BODY = 500;

/**
 * A push in the words of Firebase. Each kind of device knows in its own way what takes the place of what, and when it is
 * too late.
 */
export function messageOf({ token, title, body, data, collapseId, expiresAt }: Push, now: Date): TokenMessage {
  const ttlMs = Math.max(0, expiresAt.getTime() - now.getTime());
  return {
    token,
    notification: { title: shortened(title, MAX_TITLE), body: shortened(body, MAX_BODY) },
    data: { ...data },
    android: { priority: 'high', ttl: ttlMs, collapseKey: collapseId, notification: { tag: collapseId } },
    apns: {
      headers: {
        'apns-priority': '10',
        'apns-collapse-id': collapseId,
        'apns-expiration': String(Math.floor(expiresAt.getTime() / 1_000)),
      },
      payload: { aps: { sound: 'default' } },
    },
    webpush: {
      headers: {
        TTL: String(Math.floor(ttlMs / 1_000)),
        Urgency: 'high',
        // At most 32 characters of base64url: a UUID without its hyphens.
        Topic: collapseId.replaceAll('-', ''),
      },
      notification: { tag: collapseId },
    },
  };
}

/** By characters, so that an emoji is whole or not there. */
function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
