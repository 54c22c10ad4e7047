import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { nameOf, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';
import { smsBody } from './sms/sms.repository';

const RECEIVED = ['id', 'coach_name', 'phone', 'body', 'status', 'sent_at', 'created_at'] as const;
const TEMPLATES = ['id', 'position', 'title', 'body', 'is_default', 'created_at', 'updated_at'] as const;

const RECEIVED_ROWS = personalRows(
  'sms_received',
  `SELECT created_at AS row_at, sms.id::text AS row_key, sms.id, ${nameOf('sms.coach_id')} AS coach_name, sms.phone,
     sms.body, sms.status, sms.sent_at, sms.created_at
   FROM sms_messages sms WHERE sms.client_id = $1`,
);
const TEMPLATE_ROWS = personalRows(
  'message_templates',
  `SELECT created_at AS row_at, id::text AS row_key, id, position, title, body, is_default, created_at, updated_at
   FROM message_templates WHERE coach_id = $1`,
);

/** His number and those that he had before; another account may have one of them. */
const NUMBERS = `(SELECT phone FROM (SELECT phone FROM users WHERE id = $1
           UNION SELECT phone FROM sms_messages WHERE client_id = $1) AS number
         WHERE NOT EXISTS (SELECT FROM users AS other WHERE other.phone = number.phone AND other.id <> $1))`;
const ERASE_OPT_OUT: Statement = {
  name: 'sms_opt_out_erase',
  text: `DELETE FROM sms_opt_outs WHERE phone IN (SELECT phone FROM sms_opt_outs WHERE phone IN ${NUMBERS} LIMIT $2)`,
};
const ERASE_NUMBER_DAYS: Statement = {
  name: 'sms_number_day_erase',
  text: `DELETE FROM sms_number_days WHERE (phone, day) IN (
           SELECT phone, day FROM sms_number_days WHERE phone IN ${NUMBERS} LIMIT $2)`,
};
const ERASE_SMS: Statement = {
  name: 'sms_erase',
  text: `DELETE FROM sms_messages WHERE id IN (
           SELECT id FROM sms_messages WHERE client_id = $1 OR coach_id = $1 LIMIT $2)`,
};
const ERASE_DAYS: Statement = {
  name: 'sms_day_erase',
  text: `DELETE FROM sms_days WHERE (coach_id, day) IN (SELECT coach_id, day FROM sms_days WHERE coach_id = $1 LIMIT $2)`,
};
const ERASE_TEMPLATES: Statement = {
  name: 'message_template_erase',
  text: 'DELETE FROM message_templates WHERE id IN (SELECT id FROM message_templates WHERE coach_id = $1 LIMIT $2)',
};

const COUNTS = 'how it is kept: how many went out on a day';

/** SMS between two people, and what a coach has ready to say. */
@Injectable()
export class MessagingPersonalData extends PersonalDataPart {
  readonly name = 'messaging';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'sms_messages',
      exported: ['id', 'coach_id', 'phone', 'body', 'status', 'sent_at', 'created_at'],
      withheld: {
        client_id: 'the person himself',
        batch_id: 'how it is sent',
        template_id: 'of the coach',
        provider_message_id: 'how it is sent',
        error_code: 'how it is sent',
        useful_until: 'how it is sent',
        first_tried_at: 'how it is sent',
        leased_until: 'how it is sent',
      },
    },
    { table: 'sms_days', exported: [], withheld: { coach_id: COUNTS, day: COUNTS, used: COUNTS } },
    { table: 'sms_number_days', exported: [], withheld: { phone: COUNTS, day: COUNTS, used: COUNTS } },
    {
      table: 'sms_opt_outs',
      exported: [],
      withheld: { phone: 'a wish of the number, whoever has it', created_at: 'a wish of the number, whoever has it' },
    },
    { table: 'message_templates', exported: TEMPLATES, withheld: { coach_id: 'the person himself' } },
  ];
  override readonly sections = [
    {
      name: 'sms_received',
      isSingle: false,
      fields: RECEIVED,
      rows: (person: DataSubject) =>
        this.rows.read(person, { statement: RECEIVED_ROWS, sealed: { body: ({ id }) => smsBody(String(id)) } }),
    },
    {
      name: 'message_templates',
      isSingle: false,
      fields: TEMPLATES,
      rows: (person: DataSubject) => this.rows.read(person, { statement: TEMPLATE_ROWS }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  /** The numbers first, which the messages tell. What is still to be sent is not sent any more. */
  async erase(person: DataSubject): Promise<ErasureStep> {
    const numbers = await this.rows.erase(person, [ERASE_OPT_OUT, ERASE_NUMBER_DAYS]);
    if (numbers === 'more') return 'more';
    return this.rows.erase(person, [ERASE_SMS, ERASE_DAYS, ERASE_TEMPLATES]);
  }
}
