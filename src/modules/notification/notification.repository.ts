import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { FieldCipher, type CipherPlace } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { NotificationType } from './catalogue';
import { NotificationEntity } from './entities/notification.entity';

/** What a notification starts with. */
export type NewNotification = Pick<
  NotificationEntity,
  | 'id'
  | 'userId'
  | 'type'
  | 'fact'
  | 'title'
  | 'body'
  | 'data'
  | 'aboutUserIds'
  | 'byMail'
  | 'heldUntil'
  | 'expiresAt'
  | 'createdAt'
>;

/** What is needed to send a message that is written already. */
export type HeldNotification = Pick<NotificationEntity, 'id' | 'userId' | 'type' | 'data' | 'byMail'>;

const INSERT: Statement = {
  name: 'notification_insert',
  text: `INSERT INTO notifications (id, user_id, type, fact, title, body, data, by_mail, held_until, expires_at,
           created_at, about_user_ids)
         SELECT id, "userId", type, fact, title, body, data, "byMail", "heldUntil", "expiresAt", "createdAt",
           "aboutUserIds"
         FROM json_to_recordset($1) AS (
           id uuid, "userId" uuid, type text, fact text, title text, body text, data jsonb, "byMail" boolean,
           "heldUntil" timestamptz, "expiresAt" timestamptz, "createdAt" timestamptz, "aboutUserIds" uuid[])
         ON CONFLICT ON CONSTRAINT notifications_once DO NOTHING RETURNING id`,
};
/** From now on they stand in the inbox. Two processes never take the same one. */
const TAKE_HELD: Statement = {
  name: 'notification_take_held',
  text: `UPDATE notifications n SET held_until = NULL, created_at = $1
         FROM (SELECT id FROM notifications WHERE held_until <= $1 AND type = ANY ($3)
               ORDER BY held_until, id LIMIT $2 FOR UPDATE SKIP LOCKED) due
         WHERE n.id = due.id RETURNING n.id, n.user_id AS "userId", n.type, n.data, n.by_mail AS "byMail"`,
};
const DELETE_OLD: Statement = {
  name: 'notification_delete_old',
  text: `DELETE FROM notifications
         WHERE id IN (SELECT id FROM notifications WHERE created_at <= $1 ORDER BY created_at LIMIT $2)`,
};
const OLDEST: Statement = { name: 'notification_oldest', text: 'SELECT min(created_at) AS at FROM notifications' };
const FIRST_HELD: Statement = {
  name: 'notification_first_held',
  text: 'SELECT min(held_until) AS at FROM notifications WHERE type = ANY ($1)',
};

@Injectable()
export class NotificationRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'notifications', columns: ['body'], rowId: 'id' });
  }

  /** In one statement; answers the ids of those whose fact was new to its reader. */
  async insertNew(rows: readonly NewNotification[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const sealed = rows.map((row) => ({ ...row, body: this.cipher.encrypt(place(row.id), row.body) }));
    return new Set(await this.database.values<string>(INSERT, [JSON.stringify(sealed)]));
  }

  async findById(id: string): Promise<NotificationEntity | null> {
    return this.open(await this.rows().findOneBy({ id }));
  }

  /** Type and reader alone: the text stays sealed. */
  async describe(id: string): Promise<Pick<NotificationEntity, 'type' | 'userId'> | null> {
    return this.rows().findOne({ select: { type: true, userId: true }, where: { id } });
  }

  async findOfUser(userId: string, id: string): Promise<NotificationEntity | null> {
    return this.open(await this.rows().findOneBy({ id, userId, heldUntil: IsNull() }));
  }

  /** Newest first. */
  async page(
    userId: string,
    unread: boolean | undefined,
    { offset, limit }: PageQuery,
  ): Promise<Rows<NotificationEntity>> {
    const [rows, total] = await this.rows().findAndCount({
      where: {
        userId,
        heldUntil: IsNull(),
        ...(unread !== undefined && { readAt: unread ? IsNull() : Not(IsNull()) }),
      },
      order: { createdAt: 'DESC', id: 'ASC' },
      skip: offset,
      take: limit,
    });
    for (const row of rows) this.open(row);
    return { rows, total };
  }

  async countUnread(userId: string): Promise<number> {
    return this.rows().countBy({ userId, readAt: IsNull(), heldUntil: IsNull() });
  }

  async markRead(id: string, now: Date): Promise<void> {
    await this.rows().update({ id, readAt: IsNull() }, { readAt: now });
  }

  /** Answers how many were unread. */
  async markAllRead(userId: string, now: Date): Promise<number> {
    const { affected } = await this.rows().update({ userId, readAt: IsNull(), heldUntil: IsNull() }, { readAt: now });
    return affected ?? 0;
  }

  /** Messages of these types whose night is over, longest held first; they are held no more. */
  async takeHeld(types: readonly NotificationType[], now: Date, limit: number): Promise<HeldNotification[]> {
    return this.database.query<HeldNotification>(TAKE_HELD, [now, limit, types]);
  }

  async firstRelease(types: readonly NotificationType[]): Promise<Date | null> {
    return this.database.value<Date>(FIRST_HELD, [types]);
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  /** Of those written until an instant, the oldest; answers how many went. */
  async deleteUntil(end: Date, limit: number): Promise<number> {
    return this.database.execute(DELETE_OLD, [end, limit]);
  }

  async remove(id: string): Promise<void> {
    await this.rows().delete({ id });
  }

  /** False when it was pushed before. */
  async markPushed(id: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows().update({ id, pushedAt: IsNull() }, { pushedAt: now });
    return affected === 1;
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
