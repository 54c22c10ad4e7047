import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const OF: Statement = {
  name: 'sms_opt_out_of',
  text: 'SELECT phone FROM sms_opt_outs WHERE phone = ANY ($1::text[])',
};
const ADD: Statement = {
  name: 'sms_opt_out_add',
  text: 'INSERT INTO sms_opt_outs (phone, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
};
const REMOVE: Statement = { name: 'sms_opt_out_remove', text: 'DELETE FROM sms_opt_outs WHERE phone = $1' };

/** Numbers (E.164) that want no SMS of ours, until they say otherwise. */
@Injectable()
export class SmsOptOutRepository {
  constructor(private readonly database: Database) {}

  async among(phones: readonly string[]): Promise<Set<string>> {
    return new Set(await this.database.values<string>(OF, [phones]));
  }

  async add(phone: string, now: Date): Promise<void> {
    await this.database.execute(ADD, [phone, now]);
  }

  async remove(phone: string): Promise<void> {
    await this.database.execute(REMOVE, [phone]);
  }
}
