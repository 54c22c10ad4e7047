import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JobPayload } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { type AccountMail, AccountMailService } from './account-mail.service';
import { DeliveryService } from './delivery.service';

export const DELIVER_PUSH = 'deliver_push';
export const DELIVER_MAIL = 'deliver_mail';
export const SEND_ACCOUNT_MAIL = 'send_account_mail';

/** Who works off the jobs of this module. */
@Injectable()
export class NotificationJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly deliveries: DeliveryService,
    private readonly accountMails: AccountMailService,
  ) {}

  onModuleInit(): void {
    this.registry.register(DELIVER_PUSH, ({ notificationId }) => this.deliveries.push(String(notificationId)));
    this.registry.register(DELIVER_MAIL, ({ notificationId }) => this.deliveries.mail(String(notificationId)));
    this.registry.register(SEND_ACCOUNT_MAIL, (payload) => this.accountMails.send(accountMailOf(payload)));
  }
}

/** What the listener wrote into the job. */
function accountMailOf({ kind, userId, mailId, tokenId, sealedToken }: JobPayload): AccountMail {
  return {
    kind: kind as AccountMail['kind'],
    userId: String(userId),
    mailId: String(mailId),
    tokenId: typeof tokenId === 'string' ? tokenId : null,
    sealedToken: typeof sealedToken === 'string' ? sealedToken : null,
  };
}
