import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Mail, Mailer } from 'src/common/outbound/outbound';
import { AppConfig } from 'src/config/app-config';

/** A server that accepts a connection and then says nothing must not hold a job for minutes. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 };

/** What the server was told when it refused a recipient or a text. Refusals before that are about ourselves. */
const ABOUT_THE_MAIL = new Set<unknown>(['RCPT TO', 'DATA']);

/** Hands mails over to the SMTP server of `SMTP_URL`. */
@Injectable()
export class NodemailerMailer extends Mailer implements OnApplicationShutdown {
  /** The library is loaded with the first mail: a process that works off no jobs never needs it. */
  private opened: Promise<Transporter> | null = null;
  private readonly url: string;

  constructor(private readonly config: AppConfig) {
    super();
    if (!config.smtpUrl) throw new Error('SMTP_URL is not set: no mail can be sent');
    this.url = config.smtpUrl;
  }

  async onApplicationShutdown(): Promise<void> {
    (await this.opened)?.close();
  }

  async send({ to, subject, text, html, messageId }: Mail): Promise<void> {
    this.opened ??= this.open();
    const transport = await this.opened;
    try {
      await transport.sendMail({
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
      throw failureOf(error);
    }
  }

  private async open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: this.url,
      ...TIMEOUTS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Of the sender, `MyCoach <no-reply@mycoach.example>`. */
  private domain(): string {
    return /@([^\s>]+)>?\s*$/.exec(this.config.mailFrom)?.[1] ?? 'mycoach';
  }
}

interface SmtpFault {
  code?: unknown;
  /** What the system said, beneath nodemailer's own code. */
  originalCode?: unknown;
  responseCode?: unknown;
  /** What was being said when it happened; `API` = nothing yet. */
  command?: unknown;
}

/**
 * A mail that the server refuses for good, or that cannot even be offered to it, is given up. Everything else passes:
 * an answer that says so (4xx), silence, a lost connection, and refusals that speak of the sender or the password, which
 * somebody will mend.
 */
function failureOf(error: unknown): DeliveryFailure {
  const { code, originalCode, responseCode, command } = error as SmtpFault;
  if (typeof responseCode === 'number')
    return new DeliveryFailure(`smtp ${String(responseCode)}`, responseCode >= 500 && ABOUT_THE_MAIL.has(command));
  const known = [originalCode, code].find((each) => typeof each === 'string');
  return new DeliveryFailure(known ?? 'unknown', code === 'EENVELOPE' && command === 'API');
}
