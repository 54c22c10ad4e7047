import { Injectable } from '@nestjs/common';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import { smsBody } from './sms.repository';
import type { SmsStatus } from './sms.state';
import type { LoggedSms } from './sms.types';

export interface SmsFilter extends InstantRange {
  coachId: string;
  status?: SmsStatus;
}

const MATCHING = `coach_id = $1 AND ($2::text IS NULL OR status = $2)
  AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at < $4)`;

const PAGE: Statement = {
  name: 'sms_log_page',
  text: `SELECT id, client_id AS "clientId", phone, body, status, template_id AS "templateId",
           provider_message_id AS "providerMessageId", error_code AS "errorCode", sent_at AS "sentAt",
           created_at AS "createdAt"
         FROM sms_messages WHERE ${MATCHING} ORDER BY created_at DESC, id LIMIT $5 OFFSET $6`,
};
const COUNT: Statement = {
  name: 'sms_log_count',
  text: `SELECT count(*)::int AS total FROM sms_messages WHERE ${MATCHING}`,
};
const OLDEST: Statement = { name: 'sms_oldest', text: 'SELECT min(created_at) AS at FROM sms_messages' };
const DELETE_UNTIL: Statement = {
  name: 'sms_delete_until',
  text: `DELETE FROM sms_messages WHERE id IN (
           SELECT id FROM sms_messages WHERE created_at <= $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
};

/** What coaches have sent, as they read it, for as long as it is kept. */
@Injectable()
export class SmsLogRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Newest first, bodies in clear. */
  async page({ coachId, status, from, to }: SmsFilter, { offset, limit }: PageQuery): Promise<Rows<LoggedSms>> {
    const values = [coachId, status ?? null, from, to];
    const page = await this.database.page<LoggedSms>(PAGE, [...values, limit, offset], COUNT, values);
    return {
      ...page,
      rows: page.rows.map((row) => ({ ...row, body: this.cipher.decrypt(smsBody(row.id), row.body) })),
    };
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  async deleteUntil(end: Date, limit: number): Promise<number> {
    return this.database.execute(DELETE_UNTIL, [end, limit]);
  }
}
