import { dayText, sessionTimeText } from 'src/common/i18n/date-texts';
import { listFormat, pluralRules } from 'src/common/i18n/intl-formats';
import { type Language, languageOf } from 'src/common/i18n/languages';
import { moneyText } from 'src/common/i18n/money-texts';
import { weightText } from 'src/common/i18n/weight-texts';
import type { TextArguments } from 'src/common/i18n/translator';
import type { NotificationMessage } from './catalogue';
import type { Value } from './notification.types';

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
 * Words a message for its reader: in the language of the reader's locale, dates and sums as that locale writes them,
 * times in the reader's zone (rules §9).
 */
export function textOf(message: NotificationMessage, reader: Reader, translate: Translate): NotificationText {
  const { type, variant, values } = message;
  const language = languageOf(reader.locale);
  const say = (key: string, words: TextArguments): string => translate(language, `notification.${key}`, words);
  const words = Object.fromEntries(
    Object.entries<Value>(values).map(([name, value]) => [name, wordOf(value, reader, say)]),
  );
  return {
    title: say(`types.${type}.title`, words),
    body: say(variant ? `types.${type}.body_${variant}` : `types.${type}.body`, words),
  };
}

function wordOf(value: Value, reader: Reader, say: (key: string, words: TextArguments) => string): string {
  if (typeof value === 'string') return value;
  if ('userId' in value) return value.name;
  const locale = writingOf(reader.locale);
  if ('sums' in value) {
    const sums = value.sums.map(({ amountCents, currency }) => moneyText(amountCents, currency, locale));
    return listFormat(locale, {}).format(sums);
  }
  if ('count' in value) return say(`counts.${value.of}.${numberOf(value.count, locale)}`, { count: value.count });
  if ('currency' in value) return moneyText(value.amountCents, value.currency, locale);
  if ('weightKg' in value) return weightText(value.weightKg, value.unit, locale);
  if ('day' in value) return dayText(new Date(`${value.day}T00:00:00Z`), locale, 'UTC');
  const time = sessionTimeText(value.at, locale, reader.timezone, value.coachTimezone ?? reader.timezone);
  return value.place ? `${time}, ${value.place}` : time;
}

/** Where the texts fall back to another language, a date in the reader's own would stand out of its sentence. */
function writingOf(locale: string): string {
  const language = languageOf(locale);
  return locale.toLowerCase().split('-')[0] === language ? locale : language;
}

function numberOf(count: number, locale: string): 'one' | 'other' {
  return pluralRules(locale, {}).select(count) === 'one' ? 'one' : 'other';
}
