import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const INBOX = ['id', 'type', 'title', 'body', 'data', 'read_at', 'created_at'] as const;
const PREFERENCES = ['type', 'push', 'email', 'updated_at'] as const;
const DEVICES = ['platform', 'registered_at'] as const;

const INBOX_ROWS = personalRows(
  'notifications',
  `SELECT created_at AS row_at, id::text AS row_key, id, type, title, body, data, read_at, created_at
   FROM notifications WHERE user_id = $1 AND held_until IS NULL`,
);
const PREFERENCE_ROWS = personalRows(
  'notification_preferences',
  `SELECT updated_at AS row_at, type AS row_key, type, push, email, updated_at
   FROM notification_preferences WHERE user_id = $1`,
);
const DEVICE_ROWS = personalRows(
  'push_devices',
  `SELECT registered_at AS row_at, id::text AS row_key, platform, registered_at FROM push_devices WHERE user_id = $1`,
);

const ERASE_INBOX: Statement = {
  name: 'notification_erase',
  text: 'DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE user_id = $1 LIMIT $2)',
};
const ERASE_ELSEWHERE: Statement = {
  name: 'notification_erase_elsewhere',
  text: `DELETE FROM notifications WHERE id IN (
           SELECT id FROM notifications WHERE about_user_ids @> ARRAY[$1::uuid] LIMIT $2)`,
};
const ERASE_PREFERENCES: Statement = {
  name: 'notification_preference_erase',
  text: `DELETE FROM notification_preferences WHERE (user_id, type) IN (
           SELECT user_id, type FROM notification_preferences WHERE user_id = $1 LIMIT $2)`,
};
const ERASE_DEVICES: Statement = {
  name: 'push_device_erase',
  text: 'DELETE FROM push_devices WHERE id IN (SELECT id FROM push_devices WHERE user_id = $1 LIMIT $2)',
};

const DELIVERY = 'how it is delivered';

/** What people were told, how they want to be told, and on what. */
@Injectable()
export class NotificationPersonalData extends PersonalDataPart {
  readonly name = 'notification';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'notifications',
      exported: INBOX,
      withheld: {
        user_id: 'the person himself',
        fact: DELIVERY,
        about_user_ids: 'whom the text names',
        pushed_at: DELIVERY,
        mailed_at: DELIVERY,
        by_mail: DELIVERY,
        held_until: DELIVERY,
        expires_at: DELIVERY,
      },
    },
    { table: 'notification_preferences', exported: PREFERENCES, withheld: { user_id: 'the person himself' } },
    {
      table: 'push_devices',
      exported: DEVICES,
      withheld: {
        id: 'how it is kept',
        user_id: 'the person himself',
        api_key_id: 'how it is kept',
        token: 'whoever knows it can make the device ring',
      },
    },
  ];
  override readonly sections = [
    {
      name: 'notifications',
      isSingle: false,
      fields: INBOX,
      rows: (person: DataSubject) =>
        this.rows.read(person, {
          statement: INBOX_ROWS,
          sealed: { body: ({ id }) => ({ table: 'notifications', rowId: String(id), column: 'body' }) },
        }),
    },
    {
      name: 'notification_preferences',
      isSingle: false,
      fields: PREFERENCES,
      rows: (person: DataSubject) => this.rows.read(person, { statement: PREFERENCE_ROWS }),
    },
    {
      name: 'push_devices',
      isSingle: false,
      fields: DEVICES,
      rows: (person: DataSubject) => this.rows.read(person, { statement: DEVICE_ROWS }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  /** Also from the inboxes of others what names him. */
  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE_INBOX, ERASE_ELSEWHERE, ERASE_PREFERENCES, ERASE_DEVICES]);
  }
}
