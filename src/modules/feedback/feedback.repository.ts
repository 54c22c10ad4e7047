import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { FindOptionsWhere } from 'typeorm';
import { Feedback } from './entities/feedback.entity';

export type NewFeedback = Pick<Feedback, 'userId' | 'type' | 'title' | 'description' | 'appVersion' | 'platform'>;
export type Handling = Partial<Pick<Feedback, 'status' | 'adminNote'>>;

const AFTER: Statement = {
  name: 'feedback_after',
  text: `SELECT id, type, title, description, app_version AS "appVersion", platform, status,
           created_at AS "createdAt", updated_at AS "updatedAt"
         FROM feedback WHERE user_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
};
const ERASE: Statement = {
  name: 'feedback_erase',
  text: `UPDATE feedback SET user_id = NULL, title = '', description = '', app_version = NULL, platform = NULL,
           admin_note = NULL, updated_at = $2
         WHERE user_id = $1`,
};

/** What somebody wrote, for himself. */
export type OwnFeedback = Omit<Feedback, 'userId' | 'adminNote'>;

@Injectable()
export class FeedbackRepository {
  constructor(private readonly database: Database) {}

  async insert(written: NewFeedback, now: Date): Promise<Feedback> {
    const repository = this.database.repository(Feedback);
    const row = repository.create({ ...written, status: 'pending', adminNote: null, createdAt: now, updatedAt: now });
    await repository.insert(row);
    return row;
  }

  /** Newest first. */
  async page(where: FindOptionsWhere<Feedback>, { offset, limit }: PageQuery): Promise<Rows<Feedback>> {
    const order = { createdAt: 'DESC', id: 'ASC' } as const;
    const [rows, total] = await this.database
      .repository(Feedback)
      .findAndCount({ where, order, skip: offset, take: limit });
    return { rows, total };
  }

  async find(id: string): Promise<Feedback | null> {
    return this.database.repository(Feedback).findOneBy({ id });
  }

  /** Locked, so that two administrators follow one another. */
  async lock(id: string): Promise<Feedback | null> {
    return this.database.repository(Feedback).findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  async update(feedback: Feedback, changes: Handling, now: Date): Promise<Feedback> {
    const written = { ...changes, updatedAt: now };
    await this.database.repository(Feedback).update({ id: feedback.id }, written);
    return Object.assign(feedback, written);
  }

  /** A person's, by id, those after one. */
  async after(userId: string, lastId: string | null, limit: number): Promise<OwnFeedback[]> {
    return this.database.query<OwnFeedback>(AFTER, [userId, lastId, limit]);
  }

  /** Takes the person and every text off what he wrote. */
  async erase(userId: string, at: Date): Promise<void> {
    await this.database.execute(ERASE, [userId, at]);
  }
}
