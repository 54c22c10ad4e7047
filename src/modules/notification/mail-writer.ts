import { Injectable } from '@nestjs/common';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import type { Mail } from 'src/common/outbound/outbound';
import { mailHtml, mailText } from './mail.template';

/** Who is written to, and where. */
export interface MailReader {
  id: string;
  firstName: string;
  locale: string;
}

/** The part of a mail that differs; the texts are in the reader's language already. */
export interface MailMatter {
  to: string;
  messageId: string;
  subject: string;
  paragraphs: readonly string[];
  action?: { label: string; url: string };
  remarks?: readonly string[];
}

/** Puts what a mail has to say between greeting and signature. */
@Injectable()
export class MailWriter {
  constructor(private readonly translator: Translator) {}

  /** @param key under `notification`, for the language of the reader's locale */
  say(reader: MailReader, key: string): string {
    return this.translator.text(languageOf(reader.locale), `notification.${key}`);
  }

  write(reader: MailReader, { to, messageId, subject, paragraphs, action, remarks }: MailMatter): Mail {
    const language = languageOf(reader.locale);
    const content = {
      language,
      subject,
      greeting: this.translator.text(language, 'notification.mail.greeting', { name: reader.firstName }),
      paragraphs,
      action: action ?? null,
      remarks: remarks ?? [],
      signature: this.say(reader, 'mail.signature'),
      footer: this.say(reader, 'mail.footer'),
    };
    return { userId: reader.id, to, subject, text: mailText(content), html: mailHtml(content), messageId };
  }
}
