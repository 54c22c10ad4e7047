import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Mailer, PushSender } from 'src/common/outbound/outbound';
import { UserService } from 'src/modules/auth/user.service';
import { kindOf } from './catalogue';
import { reaches } from './delivery.rules';
import type { NotificationEntity } from './entities/notification.entity';
import { MailWriter } from './mail-writer';
import { NotificationRepository } from './notification.repository';

/** Carries notifications of the inbox to their readers. What has gone once does not go again. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly users: UserService,
    private readonly writer: MailWriter,
    private readonly mailer: Mailer,
    private readonly pushes: PushSender,
    private readonly clock: Clock,
  ) {}

  /** A failure is thrown, and the job tried again. */
  async push(notificationId: string): Promise<void> {
    const notification = await this.notifications.findById(notificationId);
    if (!notification || notification.pushedAt) return;
    const { id, userId, title, body, data } = notification;
    const reader = await this.users.findContact(userId);
    if (!reader || !reaches(reader.status, 'push', isSecurity(notification))) return;
    await this.pushes.send({ userId, title, body, data });
    await this.notifications.markPushed(id, this.clock.now());
  }

  /** A failure is thrown, and the job tried again. */
  async mail(notificationId: string): Promise<void> {
    const notification = await this.notifications.findById(notificationId);
    if (!notification || notification.mailedAt) return;
    const reader = await this.users.findContact(notification.userId);
    if (!reader || !reaches(reader.status, 'mail', isSecurity(notification))) return;
    const mail = this.writer.write(reader, {
      to: reader.email,
      messageId: notification.id,
      subject: notification.title,
      paragraphs: [notification.body],
      remarks: [this.writer.say(reader, 'mail.open_app')],
    });
    await this.mailer.send(mail);
    await this.notifications.markMailed(notification.id, this.clock.now());
  }
}

function isSecurity({ type }: NotificationEntity): boolean {
  return kindOf(type).security;
}
