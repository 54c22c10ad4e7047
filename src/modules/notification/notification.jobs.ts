import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JobPayload } from 'src/common/jobs/job-queue';
import { JobRegistry, type MessageChannel, type MessageJob } from 'src/common/jobs/job-registry';
import { type AccountMail, AccountMailService, type SealedLink } from './account-mail.service';
import { DELIVER_PUSH_TO_DEVICE, PushDeliveryService } from './devices/push-delivery.service';
import { PushSpreadService } from './devices/push-spread.service';
import { MailDeliveryService } from './mail-delivery.service';
import { NotificationService } from './notification.service';

export const DELIVER_PUSH = 'deliver_push';
export const DELIVER_MAIL = 'deliver_mail';
export const SEND_ACCOUNT_MAIL = 'send_account_mail';

/** Who works off the jobs of this module. */
@Injectable()
export class NotificationJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly notifications: NotificationService,
    private readonly spreads: PushSpreadService,
    private readonly pushes: PushDeliveryService,
    private readonly mails: MailDeliveryService,
    private readonly accountMails: AccountMailService,
  ) {}

  onModuleInit(): void {
    const push = this.carrying('push');
    this.registry.register(DELIVER_PUSH, ({ notificationId }) => this.spreads.spread(String(notificationId)), push);
    this.registry.register(
      DELIVER_PUSH_TO_DEVICE,
      ({ notificationId, deviceId }) => this.pushes.deliver(String(notificationId), textOrNull(deviceId)),
      push,
    );
    this.registry.register(
      DELIVER_MAIL,
      ({ notificationId, ...link }) => this.mails.mail(String(notificationId), linkOf(link)),
      this.carrying('email'),
    );
    this.registry.register(SEND_ACCOUNT_MAIL, (payload) => this.accountMails.send(accountMailOf(payload)), {
      channel: 'email',
      describe: ({ kind, userId }) => Promise.resolve({ type: String(kind), userId: textOrNull(userId) }),
    });
  }

  /** The jobs that carry a notification of an inbox. */
  private carrying(channel: MessageChannel): MessageJob {
    return { channel, describe: ({ notificationId }) => this.notifications.describe(String(notificationId)) };
  }
}

/** What the listener wrote into the job. */
function accountMailOf({ kind, userId, mailId, tokenId, sealedToken }: JobPayload): AccountMail {
  return {
    kind: kind as AccountMail['kind'],
    userId: String(userId),
    mailId: String(mailId),
    tokenId: textOrNull(tokenId),
    sealedToken: textOrNull(sealedToken),
  };
}

function linkOf({ tokenId, sealedToken }: JobPayload): SealedLink | null {
  return typeof tokenId === 'string' && typeof sealedToken === 'string' ? { tokenId, sealedToken } : null;
}

function textOrNull(value: JobPayload[string] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
