import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { JobQueue } from 'src/common/jobs/job-queue';
import {
  EmailChangeRequested,
  EmailVerificationRequested,
  NewDeviceSignedIn,
  PasswordChanged,
  PasswordResetRequested,
} from 'src/modules/auth/auth.events';
import { UserService } from 'src/modules/auth/user.service';
import type { AccountMail } from './account-mail.service';
import { AnnouncementService } from './announcement.service';
import { SEND_ACCOUNT_MAIL } from './notification.jobs';

/** What happens to an account: its mails with links, and the messages about its safety. */
@Injectable()
export class AccountNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly jobs: JobQueue,
    private readonly users: UserService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(EmailVerificationRequested, 'notification', ({ userId, tokenId, sealedToken }) =>
      this.mail({ kind: 'email_verification', userId, tokenId, sealedToken }),
    );
    this.events.subscribe(PasswordResetRequested, 'notification', ({ userId, tokenId, sealedToken }) =>
      this.mail({ kind: 'password_reset', userId, tokenId, sealedToken }),
    );
    this.events.subscribe(EmailChangeRequested, 'notification', ({ userId }) =>
      this.mail({ kind: 'email_change', userId, tokenId: null, sealedToken: null }),
    );
    this.events.subscribe(PasswordChanged, 'notification', (event) => this.passwordChanged(event));
    this.events.subscribe(NewDeviceSignedIn, 'notification', (event) => this.newDevice(event));
  }

  private async mail(mail: Omit<AccountMail, 'mailId'>): Promise<void> {
    await this.jobs.add(SEND_ACCOUNT_MAIL, { ...mail, mailId: randomUUID() });
  }

  private async passwordChanged({ userId, at }: PasswordChanged): Promise<void> {
    const owner = await this.users.findContact(userId);
    if (!owner) return;
    await this.announcements.announce(owner, {
      type: 'password_changed',
      fact: at.toISOString(),
      data: {},
      values: { time: { at, coachTimezone: null } },
    });
  }

  /** The push is for the other devices: the new one has registered no token yet. */
  private async newDevice({ userId, keyId, deviceName, at }: NewDeviceSignedIn): Promise<void> {
    const owner = await this.users.findContact(userId);
    if (!owner) return;
    await this.announcements.announce(owner, {
      type: 'api_key_created',
      fact: keyId,
      data: { device_name: deviceName },
      values: { device: deviceName, time: { at, coachTimezone: null } },
    });
  }
}
