import { sessionTimeText } from 'src/common/i18n/date-texts';
import { type Language, languageOf } from 'src/common/i18n/languages';
import type { TextArguments } from 'src/common/i18n/translator';
import type { Moment, NotificationMessage } from './catalogue';

/** How somebody reads: BCP 47 and IANA name. */
export interface Reader {
  locale: string;
  timezone: string;
}

export interface NotificationText {
  title: string;
  body: string;
}

/** The part of the translator that is needed here. */
export type Translate = (language: Language, key: string, values: TextArguments) => string;

/**
 * Words a message for its reader: in the language of the reader's locale, dates as that locale writes them, in the
 * reader's zone (rules §9).
 */
export function textOf(message: NotificationMessage, reader: Reader, translate: Translate): NotificationText {
  const { type, variant, values } = message;
  const language = languageOf(reader.locale);
  const words = Object.fromEntries(
    Object.entries<string | Moment>(values).map(([name, value]) => [name, wordOf(value, reader, language)]),
  );
  const key = `notification.types.${type}`;
  return {
    title: translate(language, `${key}.title`, words),
    body: translate(language, variant ? `${key}.body_${variant}` : `${key}.body`, words),
  };
}

function wordOf(value: string | Moment, { locale, timezone }: Reader, language: Language): string {
  if (typeof value === 'string') return value;
  // Where the texts fall back to another language, a date in the reader's own would stand out of its sentence.
  const writing = locale.toLowerCase().split('-')[0] === language ? locale : language;
  return sessionTimeText(value.at, writing, timezone, value.coachTimezone ?? timezone);
}
