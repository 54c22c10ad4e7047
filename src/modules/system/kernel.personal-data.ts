import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const ERASE_ANSWERS: Statement = {
  name: 'idempotency_erase',
  text: `DELETE FROM idempotency_keys WHERE (user_id, route, key) IN (
           SELECT user_id, route, key FROM idempotency_keys WHERE user_id = $1 LIMIT $2)`,
};
const ERASE_LETTERS: Statement = {
  name: 'dead_letter_erase',
  text: `DELETE FROM dead_letters WHERE id IN (
           SELECT id FROM dead_letters WHERE user_id = $1 OR payload @> jsonb_build_object('userId', $1::text) LIMIT $2)`,
};
/** What somebody works on right now is left to end; it finds nobody. */
const ERASE_JOBS: Statement = {
  name: 'job_erase',
  text: `DELETE FROM graphile_worker._private_jobs WHERE id IN (
           SELECT id FROM graphile_worker._private_jobs
           WHERE locked_at IS NULL AND payload::jsonb @> jsonb_build_object('userId', $1::text) LIMIT $2)`,
};
/** Nobody knows whom its texts name. It is a mailbox for trying things out, and empty in production. */
const ERASE_MAILBOX: Statement = {
  name: 'sandbox_message_erase',
  text: 'DELETE FROM sandbox_messages WHERE $1::uuid IS NOT NULL AND id IN (SELECT id FROM sandbox_messages LIMIT $2)',
};

const REPEAT = 'kept for a day, to answer a repeat of a request alike';
const LETTER = 'a message that did not arrive, by id; the inbox has it';
const MAILBOX = 'what would have been sent; empty in production';

/** What the product keeps of people for its own work: answers, queues, letters that did not arrive. */
@Injectable()
export class KernelPersonalData extends PersonalDataPart {
  readonly name = 'system.kernel';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'idempotency_keys',
      exported: [],
      withheld: {
        ...{ user_id: REPEAT, route: REPEAT, key: REPEAT, fingerprint: REPEAT, status: REPEAT, body: REPEAT },
        ...{ created_at: REPEAT },
      },
    },
    {
      table: 'dead_letters',
      exported: [],
      withheld: {
        ...{ id: LETTER, channel: LETTER, type: LETTER, user_id: LETTER, task: LETTER, payload: LETTER },
        ...{ attempts: LETTER, last_error: LETTER, created_at: LETTER },
      },
    },
    {
      table: 'sandbox_messages',
      exported: [],
      withheld: {
        ...{ id: MAILBOX, channel: MAILBOX, user_id: MAILBOX, recipient: MAILBOX, subject: MAILBOX, title: MAILBOX },
        ...{ body: MAILBOX, html: MAILBOX, data: MAILBOX, position: MAILBOX, created_at: MAILBOX },
      },
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE_ANSWERS, ERASE_LETTERS, ERASE_JOBS, ERASE_MAILBOX]);
  }
}
