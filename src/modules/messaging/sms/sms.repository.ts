import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { Database, type Statement } from 'src/common/transaction/database';
import { SmsMessage } from 'src/modules/messaging/entities/sms-message.entity';
import { usefulUntil } from './sms.rules';
import type { SmsStatus } from './sms.state';
import type { BatchState, HeldSms, SmsBatch, SmsDraft } from './sms.types';

/** A template may be deleted between the choice and this; the text is what was chosen all the same. */
const INSERT: Statement = {
  name: 'sms_insert',
  text: `INSERT INTO sms_messages (id, batch_id, coach_id, template_id, client_id, phone, body, useful_until, status,
           error_code, created_at)
         SELECT id, $1, $2, (SELECT id FROM message_templates WHERE id = $3 FOR KEY SHARE), client_id, phone, body,
           useful_until, CASE WHEN $10::text IS NULL THEN 'pending' ELSE 'failed' END, $10, $4
         FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::timestamptz[])
           AS draft (id, client_id, phone, body, useful_until)`,
};
const STATE: Statement = {
  name: 'sms_batch_state',
  text: `SELECT status, count(*)::int AS count, array_agg(client_id) FILTER (WHERE client_id IS NOT NULL) AS "clientIds"
         FROM sms_messages WHERE batch_id = $1 GROUP BY status`,
};
/**
 * Leases are real time, by the database's own clock. What waits for the outside ends long before one does. In whole
 * milliseconds, as the holder can read it: that is how he is known when he lets go.
 */
const HOLD: Statement = {
  name: 'sms_hold',
  text: `WITH due AS (
           SELECT id, first_tried_at FROM sms_messages
           WHERE id = $1 AND status = 'pending' AND (leased_until IS NULL OR leased_until < now()) FOR UPDATE
         )
         UPDATE sms_messages SET first_tried_at = coalesce(due.first_tried_at, $2),
           leased_until = date_trunc('milliseconds', now() + make_interval(secs => $3))
         FROM due WHERE sms_messages.id = due.id
         RETURNING due.id, client_id AS "clientId", phone, body, useful_until AS "usefulUntil",
           due.first_tried_at AS "firstTriedAt", leased_until AS "leasedUntil",
           (SELECT sms_sender_name FROM coach_profiles WHERE user_id = sms_messages.coach_id) AS "senderName",
           EXISTS (SELECT FROM sms_opt_outs o WHERE o.phone = sms_messages.phone) AS "isOptedOut"`,
};
const RELEASE: Statement = {
  name: 'sms_release',
  text: 'UPDATE sms_messages SET leased_until = NULL, first_tried_at = $2 WHERE id = $1 AND leased_until = $3',
};
/** What the provider reported meanwhile is newer than the answer that is told here. */
const SENT: Statement = {
  name: 'sms_sent',
  text: `UPDATE sms_messages SET status = 'sent', provider_message_id = $2, sent_at = $3, error_code = NULL,
           leased_until = NULL
         WHERE id = $1 AND provider_message_id IS NULL AND status <> 'sent'`,
};
const FAILED: Statement = {
  name: 'sms_failed',
  text: `UPDATE sms_messages SET status = 'failed', error_code = $2, leased_until = NULL
         WHERE id = $1 AND status = 'pending'`,
};
/** What the provider has taken once is not sent again, whatever became of it. */
const REOPEN: Statement = {
  name: 'sms_reopen',
  text: `UPDATE sms_messages SET status = 'pending', error_code = NULL
         WHERE id = $1 AND status = 'failed' AND provider_message_id IS NULL`,
};

/** The SMS that are written and sent. Bodies are encrypted. */
@Injectable()
export class SmsRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'sms_messages', columns: ['body'], rowId: 'id' });
  }

  /** To be sent, or failed at once where there is an error. Returns their ids, in order. */
  async insert(
    batch: SmsBatch,
    drafts: readonly SmsDraft[],
    now: Date,
    errorCode: string | null = null,
  ): Promise<string[]> {
    if (drafts.length === 0) return [];
    const ids = drafts.map(() => randomUUID());
    await this.database.execute(INSERT, [
      batch.id,
      batch.coachId,
      batch.templateId,
      now,
      ids,
      drafts.map(({ clientId }) => clientId),
      drafts.map(({ phone }) => phone),
      drafts.map(({ body }, at) => this.cipher.encrypt(smsBody(ids[at] ?? ''), body)),
      drafts.map((draft) => usefulUntil(now, draft.usefulUntil)),
      errorCode,
    ]);
    return ids;
  }

  async batchState(batchId: string): Promise<BatchState> {
    const rows = await this.database.query<{ status: SmsStatus; count: number; clientIds: string[] | null }>(STATE, [
      batchId,
    ]);
    const of = (status: SmsStatus): number => rows.find((row) => row.status === status)?.count ?? 0;
    const failedClientIds = rows.find(({ status }) => status === 'failed')?.clientIds ?? [];
    return { sent: of('sent'), failed: of('failed'), pending: of('pending'), failedClientIds };
  }

  async find(id: string): Promise<Pick<SmsMessage, 'status' | 'clientId' | 'usefulUntil'> | null> {
    const select = { status: true, clientId: true, usefulUntil: true } as const;
    return this.database.repository(SmsMessage).findOne({ select, where: { id } });
  }

  /** Holds a pending one for so many seconds, from now on tried. Null when it is not pending, or held by somebody. */
  async hold(id: string, now: Date, seconds: number): Promise<HeldSms | null> {
    const [row] = await this.database.query<HeldSms>(HOLD, [id, now, seconds]);
    return row ? { ...row, body: this.cipher.decrypt(smsBody(id), row.body) } : null;
  }

  /** Lets go of one that did not leave. Whoever holds it by now, because this took too long, holds on. */
  async release({ id, leasedUntil }: HeldSms, firstTriedAt: Date | null): Promise<void> {
    await this.database.execute(RELEASE, [id, firstTriedAt, leasedUntil]);
  }

  async markSent(id: string, providerMessageId: string | null, now: Date): Promise<void> {
    await this.database.execute(SENT, [id, providerMessageId, now]);
  }

  /** Only of a pending one. */
  async markFailed(id: string, errorCode: string): Promise<void> {
    await this.database.execute(FAILED, [id, errorCode]);
  }

  /** Pending again, if the provider never took it. */
  async reopen(id: string): Promise<void> {
    await this.database.execute(REOPEN, [id]);
  }
}

export function smsBody(id: string): CipherPlace {
  return { table: 'sms_messages', rowId: id, column: 'body' };
}
