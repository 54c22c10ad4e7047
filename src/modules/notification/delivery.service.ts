import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Mailer, PushSender } from 'src/common/outbound/outbound';
import { DeliveryGate } from './delivery-gate.service';
import { MailWriter } from './mail-writer';
import { NotificationRepository } from './notification.repository';

/** Carries notifications of the inbox to their readers. What has gone once does not go again. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly gate: DeliveryGate,
    private readonly writer: MailWriter,
    private readonly mailer: Mailer,
    private readonly pushes: PushSender,
    private readonly clock: Clock,
  ) {}

  /** A failure is thrown, and the job tried again. */
  async push(notificationId: string): Promise<void> {
    const departure = await this.gate.open(notificationId, 'push');
    if (!departure) return;
    const { id, userId, title, body, data } = departure.notification;
    await this.pushes.send({ userId, title, body, data });
    await this.notifications.markPushed(id, this.clock.now());
  }

  /** A failure is thrown, and the job tried again. */
  async mail(notificationId: string): Promise<void> {
    const departure = await this.gate.open(notificationId, 'mail');
    if (!departure) return;
    const { notification, reader } = departure;
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
