import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { type Mail, Mailer } from 'src/common/outbound/outbound';
import { AppConfig } from 'src/config/app-config';

/** A server that accepts a connection and then says nothing must not hold a job for minutes. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/**
 * The mail could not be handed over. What the server answered quotes addresses, and this error ends in the log and in
 * the job's row: only its codes are kept, and no cause.
 */
export class MailNotSent extends Error {
  constructor(code: string, responseCode: number | null) {
    super(`The mail server did not take the mail (${[code, responseCode].filter(Boolean).join(' ')})`);
    this.name = 'MailNotSent';
  }
}

/** Hands mails over to the SMTP server of `SMTP_URL`. */
@Injectable()
export class NodemailerMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(private readonly config: AppConfig) {
    super();
    if (!config.smtpUrl) throw new Error('SMTP_URL is not set: no mail can be sent');
    this.transport = createTransport({
      url: config.smtpUrl,
      ...TIMEOUTS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  /** @throws MailNotSent when the server refuses the mail or cannot be reached */
  async send({ to, subject, text, html, messageId }: Mail): Promise<void> {
    try {
      await this.transport.sendMail({
        from: this.config.mailFrom,
        // As an object, an address is never parsed into several.
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${messageId}@${this.domain()}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
      throw new MailNotSent(
        typeof code === 'string' ? code : 'unknown',
        typeof responseCode === 'number' ? responseCode : null,
      );
    }
  }

  /** Of the sender, `MyCoach <no-reply@mycoach.example>`. */
  private domain(): string {
    return /@([^\s>]+)>?\s*$/.exec(this.config.mailFrom)?.[1] ?? 'mycoach';
  }
}
