import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/**
 * Whose answer was lost is found by our own name for it, as long as the provider's is not known. What is failed because
 * nobody had heard of it any more is sent after all; what the provider has failed stays so.
 */
const TAKEN: Statement = {
  name: 'sms_report_taken',
  text: `UPDATE sms_messages SET status = 'sent', provider_message_id = $1, sent_at = coalesce(sent_at, $3),
           error_code = NULL
         WHERE id = $2 AND provider_message_id IS NULL
           AND NOT EXISTS (SELECT FROM sms_messages WHERE provider_message_id = $1)`,
};
const LOST: Statement = {
  name: 'sms_report_lost',
  text: `UPDATE sms_messages SET status = 'failed', provider_message_id = $1, error_code = $3
         WHERE id = coalesce((SELECT id FROM sms_messages WHERE provider_message_id = $1), $2)
           AND (provider_message_id IS NULL OR provider_message_id = $1)
         RETURNING phone`,
};

/** What the provider tells of SMS that it has taken. */
@Injectable()
export class SmsReportRepository {
  constructor(private readonly database: Database) {}

  /** @param id ours, if it came with the report */
  async markTaken(providerMessageId: string, id: string | null, now: Date): Promise<void> {
    if (id !== null) await this.database.execute(TAKEN, [providerMessageId, id, now]);
  }

  /** Answers the number (E.164) that it was for, or null when it is none of these. */
  async markLost(providerMessageId: string, id: string | null, errorCode: string): Promise<string | null> {
    return this.database.value<string>(LOST, [providerMessageId, id, errorCode]);
  }
}
