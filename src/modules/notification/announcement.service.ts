import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Translator } from 'src/common/i18n/translator';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { dataOf, kindOf, type NotificationMessage } from './catalogue';
import { type Reader, textOf } from './notification-text';
import { DELIVER_MAIL, DELIVER_PUSH } from './notification.jobs';
import { NotificationRepository } from './notification.repository';

/** Writes messages into inboxes, and the jobs that carry them further. */
@Injectable()
export class AnnouncementService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly jobs: JobQueue,
    private readonly translator: Translator,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells one person one thing, in the transaction of what happened: rolled back with it, and told once however often
   * the same fact comes (rules §9).
   */
  @Transactional()
  async announce(reader: Reader & { id: string }, message: NotificationMessage): Promise<void> {
    const id = randomUUID();
    const { type, fact, data } = message;
    const isNew = await this.notifications.insertOnce({
      id,
      userId: reader.id,
      type,
      fact,
      ...textOf(message, reader, (language, key, values) => this.translator.text(language, key, values)),
      data: dataOf(type, data),
      createdAt: this.clock.now(),
    });
    if (!isNew) return;
    const { push, mail } = kindOf(type);
    if (push) await this.jobs.add(DELIVER_PUSH, { notificationId: id });
    if (mail) await this.jobs.add(DELIVER_MAIL, { notificationId: id });
  }
}
