import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { FieldCipher, type CipherPlace } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { NotificationEntity } from './entities/notification.entity';

/** What a notification starts with. */
export type NewNotification = Pick<
  NotificationEntity,
  'id' | 'userId' | 'type' | 'fact' | 'title' | 'body' | 'data' | 'createdAt'
>;

const INSERT: Statement = {
  name: 'notification_insert',
  text: `INSERT INTO notifications (id, user_id, type, fact, title, body, data, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT ON CONSTRAINT notifications_once DO NOTHING`,
};

@Injectable()
export class NotificationRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Answers whether the fact was new to its reader. */
  async insertOnce(row: NewNotification): Promise<boolean> {
    const { id, userId, type, fact, title, body, data, createdAt } = row;
    const sealed = this.cipher.encrypt(place(id), body);
    return (await this.database.execute(INSERT, [id, userId, type, fact, title, sealed, data, createdAt])) > 0;
  }

  async findById(id: string): Promise<NotificationEntity | null> {
    return this.open(await this.rows().findOneBy({ id }));
  }

  async findOfUser(userId: string, id: string): Promise<NotificationEntity | null> {
    return this.open(await this.rows().findOneBy({ id, userId }));
  }

  /** Newest first. */
  async page(
    userId: string,
    unread: boolean | undefined,
    { offset, limit }: PageQuery,
  ): Promise<Rows<NotificationEntity>> {
    const [rows, total] = await this.rows().findAndCount({
      where: { userId, ...(unread !== undefined && { readAt: unread ? IsNull() : Not(IsNull()) }) },
      order: { createdAt: 'DESC', id: 'ASC' },
      skip: offset,
      take: limit,
    });
    for (const row of rows) this.open(row);
    return { rows, total };
  }

  async countUnread(userId: string): Promise<number> {
    return this.rows().countBy({ userId, readAt: IsNull() });
  }

  async markRead(id: string, now: Date): Promise<void> {
    await this.rows().update({ id, readAt: IsNull() }, { readAt: now });
  }

  /** Answers how many were unread. */
  async markAllRead(userId: string, now: Date): Promise<number> {
    const { affected } = await this.rows().update({ userId, readAt: IsNull() }, { readAt: now });
    return affected ?? 0;
  }

  async markPushed(id: string, now: Date): Promise<void> {
    await this.rows().update({ id }, { pushedAt: now });
  }

  async markMailed(id: string, now: Date): Promise<void> {
    await this.rows().update({ id }, { mailedAt: now });
  }

  private rows() {
    return this.database.repository(NotificationEntity);
  }

  private open<T extends NotificationEntity | null>(row: T): T {
    if (row) row.body = this.cipher.decrypt(place(row.id), row.body);
    return row;
  }
}

function place(rowId: string): CipherPlace {
  return { table: 'notifications', rowId, column: 'body' };
}
