import { Injectable } from '@nestjs/common';
import type { MessageChannel } from 'src/common/jobs/job-registry';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';

/** What would have been sent. */
export interface NewSandboxMessage {
  channel: MessageChannel;
  userId: string | null;
  /** Address, phone number or push token. */
  recipient: string;
  subject: string | null;
  title: string | null;
  body: string;
  /** Of a mail, as a mail program shows it; null = it has none. */
  html: string | null;
  data: Readonly<Record<string, string>> | null;
  createdAt: Date;
}

export interface SandboxMessage extends Omit<NewSandboxMessage, 'html'> {
  id: string;
}

export interface SandboxMessageFilter {
  userId?: string;
  email?: string;
  phone?: string;
  channel?: MessageChannel;
}

// A phone number has no letters, so that one comparison serves addresses and numbers.
const MATCHING = `($1::uuid IS NULL OR user_id = $1)
  AND ($2::text IS NULL OR lower(recipient) = lower($2))
  AND ($3::text IS NULL OR recipient = $3)
  AND ($4::text IS NULL OR channel = $4)`;

const INSERT: Statement = {
  name: 'sandbox_message_insert',
  text: `INSERT INTO sandbox_messages (channel, user_id, recipient, subject, title, body, html, data, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
const PAGE: Statement = {
  name: 'sandbox_message_page',
  text: `SELECT id, channel, user_id AS "userId", recipient, subject, title, body, data, created_at AS "createdAt"
         FROM sandbox_messages WHERE ${MATCHING}
         ORDER BY position DESC OFFSET $5 LIMIT $6`,
};
const COUNT: Statement = {
  name: 'sandbox_message_count',
  text: `SELECT count(*)::int AS total FROM sandbox_messages WHERE ${MATCHING}`,
};
const HTML: Statement = {
  name: 'sandbox_message_html',
  text: 'SELECT html FROM sandbox_messages WHERE id = $1',
};
const DELETE_ALL: Statement = { name: 'sandbox_message_delete_all', text: 'DELETE FROM sandbox_messages' };

@Injectable()
export class SandboxMessageRepository {
  constructor(private readonly database: Database) {}

  async insert(message: NewSandboxMessage): Promise<void> {
    await this.database.execute(INSERT, [
      message.channel,
      message.userId,
      message.recipient,
      message.subject,
      message.title,
      message.body,
      message.html,
      message.data,
      message.createdAt,
    ]);
  }

  /** Newest first, in the order in which they were kept: the clock may have been moved back in between. */
  async page(filter: SandboxMessageFilter, { offset, limit }: PageQuery): Promise<Rows<SandboxMessage>> {
    const values = [filter.userId ?? null, filter.email ?? null, filter.phone ?? null, filter.channel ?? null];
    return this.database.page<SandboxMessage>(PAGE, [...values, offset, limit], COUNT, values);
  }

  /** Null when there is no such message, or it has no HTML. */
  async findHtml(id: string): Promise<string | null> {
    return this.database.value<string>(HTML, [id]);
  }

  async deleteAll(): Promise<void> {
    await this.database.execute(DELETE_ALL);
  }
}
