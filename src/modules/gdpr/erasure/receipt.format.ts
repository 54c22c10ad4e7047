import { recordOf } from 'src/common/json/record';
import type { ErasureReceipt } from 'src/modules/gdpr/entities/erasure-receipt.entity';

/** What a receipt says where it is filed. */
export type FiledReceipt = Pick<ErasureReceipt, 'userId' | 'requestedAt' | 'erasedAt'>;

/** One file for each, so that none is ever changed: they can lie where nothing can be overwritten. */
export function receiptName(userId: string): string {
  return `${userId}.json`;
}

export function receiptText({ userId, requestedAt, erasedAt }: FiledReceipt): string {
  const fields = { user_id: userId, requested_at: requestedAt.toISOString(), erased_at: erasedAt.toISOString() };
  return `${JSON.stringify(fields)}\n`;
}

/** Null for what is no receipt. */
export function readReceipt(text: string): FiledReceipt | null {
  const fields = fieldsOf(text);
  const [userId, requestedAt, erasedAt] = [
    fields['user_id'],
    instant(fields, 'requested_at'),
    instant(fields, 'erased_at'),
  ];
  return typeof userId === 'string' && UUID.test(userId) && requestedAt && erasedAt
    ? { userId, requestedAt, erasedAt }
    : null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function instant(fields: Readonly<Record<string, unknown>>, name: string): Date | null {
  const at = new Date(String(fields[name]));
  return Number.isNaN(at.getTime()) ? null : at;
}
