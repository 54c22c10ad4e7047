import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import type { Mail, Mailer, Push, PushSender } from 'src/common/outbound/outbound';
import { type SandboxChannel, SandboxMessageRepository } from './sandbox-message.repository';

/** The way out of development and tests: what would leave is kept, to be read under `/sandbox/messages`. */
@Injectable()
export class SandboxMailbox {
  private readonly logger = new Logger(SandboxMailbox.name);

  readonly mailer: Mailer = { send: (mail) => this.keepMail(mail) };
  readonly pushes: PushSender = { send: (push) => this.keepPush(push) };

  constructor(
    private readonly messages: SandboxMessageRepository,
    private readonly clock: Clock,
  ) {}

  private async keepMail({ userId, to, subject, text }: Mail): Promise<void> {
    await this.messages.insert({
      channel: 'email',
      userId,
      recipient: to,
      subject,
      title: null,
      body: text,
      data: null,
      createdAt: this.clock.now(),
    });
    this.tell('email', userId);
  }

  private async keepPush({ userId, title, body, data }: Push): Promise<void> {
    await this.messages.insert({
      channel: 'push',
      userId,
      // Stands for the push tokens of the person's devices, which cannot be registered yet.
      recipient: `user:${userId}`,
      subject: null,
      title,
      body,
      data,
      createdAt: this.clock.now(),
    });
    this.tell('push', userId);
  }

  private tell(channel: SandboxChannel, userId: string | null): void {
    this.logger.log({ channel, userId }, 'kept in the sandbox mailbox');
  }
}
