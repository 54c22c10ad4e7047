import { isDigestOf, keyedHash } from 'src/common/crypto/keyed-hash';
import { EXPORT_FORMATS, type ExportFormat } from './export.types';

/** What a link is good for. */
export interface ExportGrant {
  userId: string;
  format: ExportFormat;
  expiresAt: Date;
}

const CLAIM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([a-z]+)\.([1-9]\d{12})$/;
const TOKEN = /^([A-Za-z0-9_-]+)\.([0-9a-f]{64})$/;

/** The grant in the open and its signature: HMAC-SHA-256 over user, format and expiry. */
export function exportToken(secret: string, { userId, format, expiresAt }: ExportGrant): string {
  const claim = `${userId}.${format}.${String(expiresAt.getTime())}`;
  return `${Buffer.from(claim).toString('base64url')}.${keyedHash(secret, signed(claim))}`;
}

/** What was granted, or null when it was signed with none of the secrets. Whether it still holds is not judged here. */
export function grantOf(secrets: readonly string[], token: string): ExportGrant | null {
  const [, body = '', signature = ''] = TOKEN.exec(token) ?? [];
  const claim = Buffer.from(body, 'base64url').toString();
  const [, userId, word, expiry] = CLAIM.exec(claim) ?? [];
  const format = EXPORT_FORMATS.find((known) => known === word);
  if (!userId || !format || !isDigestOf(secrets, signed(claim), signature)) return null;
  return { userId, format, expiresAt: new Date(Number(expiry)) };
}

/** The secret signs other things too: the words in front keep this purpose apart. */
function signed(claim: string): string {
  return `personal data export ${claim}`;
}
