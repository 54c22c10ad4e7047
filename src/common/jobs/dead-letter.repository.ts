import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { JobPayload } from './job-queue';
import type { MessageChannel } from './job-registry';

/** A message that could not be delivered. It names nobody: whom it is for is known by id. */
export interface DeadLetter {
  id: string;
  channel: MessageChannel;
  type: string;
  attempts: number;
  /** A code of the provider or the network. */
  lastError: string;
  createdAt: Date;
}

export interface NewDeadLetter extends Omit<DeadLetter, 'id'> {
  userId: string | null;
  task: string;
  payload: JobPayload;
}

/** What is needed to send it again. */
export type ParkedJob = Pick<NewDeadLetter, 'task' | 'payload'>;

// A person whose account is gone meanwhile is told nothing any more, by nobody.
const INSERT: Statement = {
  name: 'dead_letter_insert',
  text: `INSERT INTO dead_letters (channel, type, user_id, task, payload, attempts, last_error, created_at)
         VALUES ($1, $2, (SELECT id FROM users WHERE id = $3), $4, $5, $6, $7, $8)`,
};
const PAGE: Statement = {
  name: 'dead_letter_page',
  text: `SELECT id, channel, type, attempts, last_error AS "lastError", created_at AS "createdAt"
         FROM dead_letters WHERE $1::text IS NULL OR channel = $1
         ORDER BY created_at DESC, id OFFSET $2 LIMIT $3`,
};
const COUNT: Statement = {
  name: 'dead_letter_count',
  text: 'SELECT count(*)::int AS total FROM dead_letters WHERE $1::text IS NULL OR channel = $1',
};
const TAKE: Statement = {
  name: 'dead_letter_take',
  text: 'DELETE FROM dead_letters WHERE id = $1 RETURNING task, payload',
};
const DELETE_OLD: Statement = {
  name: 'dead_letter_delete_old',
  text: `DELETE FROM dead_letters
         WHERE id IN (SELECT id FROM dead_letters WHERE created_at <= $1 ORDER BY created_at LIMIT $2)`,
};
const OLDEST: Statement = { name: 'dead_letter_oldest', text: 'SELECT min(created_at) AS at FROM dead_letters' };

@Injectable()
export class DeadLetterRepository {
  constructor(private readonly database: Database) {}

  async insert(letter: NewDeadLetter): Promise<void> {
    const { channel, type, userId, task, payload, attempts, lastError, createdAt } = letter;
    await this.database.execute(INSERT, [channel, type, userId, task, payload, attempts, lastError, createdAt]);
  }

  /** Newest first. */
  async page(channel: MessageChannel | null, { offset, limit }: PageQuery): Promise<Rows<DeadLetter>> {
    return this.database.page<DeadLetter>(PAGE, [channel, offset, limit], COUNT, [channel]);
  }

  /** Takes a letter away; of several who try only one gets it. */
  async take(id: string): Promise<ParkedJob | null> {
    return this.database.first<ParkedJob>(TAKE, [id]);
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  /** Of those parked until an instant, the oldest; answers how many went. */
  async deleteUntil(end: Date, limit: number): Promise<number> {
    return this.database.execute(DELETE_OLD, [end, limit]);
  }
}
