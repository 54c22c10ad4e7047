import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const TAKEN: Statement = {
  name: 'sms_taken_ids',
  text: 'SELECT provider_message_id AS id FROM sms_messages WHERE provider_message_id = ANY ($1::text[])',
};

/** What is known of messages that Twilio has taken. */
@Injectable()
export class TwilioRepository {
  constructor(private readonly database: Database) {}

  /** Those that are known to be one of ours, another message than the one that is looked for. */
  async takenIds(providerMessageIds: readonly string[]): Promise<Set<string>> {
    return new Set(await this.database.values<string>(TAKEN, [providerMessageIds]));
  }
}
