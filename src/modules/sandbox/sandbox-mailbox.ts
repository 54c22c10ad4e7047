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
import { type NewSandboxMessage, SandboxMessageRepository } from './sandbox-message.repository';

/** What a message has, by its channel. */
type Kept = Pick<NewSandboxMessage, 'channel' | 'userId' | 'recipient' | 'body'> &
  Partial<Pick<NewSandboxMessage, 'subject' | 'title' | 'html' | 'data'>>;

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
    await this.keep({ channel: 'email', userId, recipient: to, subject, body: text, html });
  }

  private async keepPush({ userId, token, title, body, data }: Push): Promise<PushOutcome> {
    await this.keep({ channel: 'push', userId, recipient: token, title, body, data });
    return 'sent';
  }

  private async keepSms({ userId, to, body }: Sms): Promise<SentSms> {
    await this.keep({ channel: 'sms', userId, recipient: to, body });
    return { providerMessageId: null };
  }

  private async keep(message: Kept): Promise<void> {
    const { channel, userId } = message;
    const absent = { subject: null, title: null, html: null, data: null };
    await this.messages.insert({ ...absent, ...message, createdAt: this.clock.now() });
    this.logger.log({ channel, userId }, 'kept in the sandbox mailbox');
  }
}
