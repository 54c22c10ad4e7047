import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Mailer } from 'src/common/outbound/outbound';
import { AccountLinks } from 'src/modules/auth/account-links';
import type { SealedLink } from './account-mail.service';
import { DeliveryGate } from './delivery-gate.service';
import { MailWriter } from './mail-writer';
import { NotificationRepository } from './notification.repository';

/** Carries notifications of the inbox to their readers by mail. What has gone once does not go again. */
@Injectable()
export class MailDeliveryService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly gate: DeliveryGate,
    private readonly writer: MailWriter,
    private readonly links: AccountLinks,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /**
   * @param link the way back into an account that was closed
   * @throws DeliveryFailure and the job is tried again, as the same message
   */
  async mail(notificationId: string, link: SealedLink | null = null): Promise<void> {
    const departure = await this.gate.open(notificationId, 'mail');
    if (!departure) return;
    const { notification, reader } = departure;
    const mail = this.writer.write(reader, {
      to: reader.email,
      messageId: notification.id,
      subject: notification.title,
      paragraphs: [notification.body],
      ...(link && {
        action: {
          label: this.writer.say(reader, 'mail.restore_account'),
          url: this.links.returnLink(link.tokenId, link.sealedToken),
        },
      }),
      remarks: [this.writer.say(reader, link ? 'mail.restore_link' : 'mail.open_app')],
    });
    await this.mailer.send(mail);
    await this.notifications.markMailed(notification.id, this.clock.now());
  }
}
