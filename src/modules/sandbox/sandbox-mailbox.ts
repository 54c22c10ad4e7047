import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import type {
  Mail,
  Mailer,
  Push,
  PushOutcome,
  PushSender,
  SentSms,
  Sms,
  SmsSender,
} from 'src/common/outbound/outbound';
import { type SandboxChannel, SandboxMessageRepository } from './sandbox-message.repository';

/** The way out of development and tests: what would leave is kept, to be read under `/sandbox/messages`. */
@Injectable()
export class SandboxMailbox {
  private readonly logger = new Logger(SandboxMailbox.name);

  readonly mailer: Mailer = { send: (mail) => this.keepMail(mail) };
  readonly pushes: PushSender = { send: (push) => this.keepPush(push) };
  readonly texts: SmsSender = { send: (sms) => this.keepSms(sms) };

  constructor(
    private readonly messages: SandboxMessageRepository,
    private readonly clock: Clock,
  ) {}

  private async keepMail({ userId, to, subject, text, html }: Mail): Promise<void> {
    await this.messages.insert({
      channel: 'email',
      userId,
      recipient: to,
      subject,
      title: null,
      body: text,
      html,
      data: null,
      createdAt: this.clock.now(),
    });
    this.tell('email', userId);
  }

  private async keepPush({ userId, token, title, body, data }: Push): Promise<PushOutcome> {
    await this.messages.insert({
      channel: 'push',
      userId,
      recipient: token,
      subject: null,
      title,
      body,
      html: null,
      data,
      createdAt: this.clock.now(),
    });
    this.tell('push', userId);
    return 'sent';
  }

  private async keepSms({ userId, to, body }: Sms): Promise<SentSms> {
    await this.messages.insert({
      channel: 'sms',
      userId,
      recipient: to,
      subject: null,
      title: null,
      body,
      html: null,
      data: null,
      createdAt: this.clock.now(),
    });
    this.tell('sms', userId);
    return { providerMessageId: null };
  }

  private tell(channel: SandboxChannel, userId: string | null): void {
    this.logger.log({ channel, userId }, 'kept in the sandbox mailbox');
  }
}
