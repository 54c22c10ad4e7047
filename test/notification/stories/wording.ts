import { languageOf } from 'src/common/i18n/languages';
import { typeTextsIn } from 'src/modules/notification/commands/type-texts';
import { type Message, type Reader, READERS, type Worded } from './stage';

/** What a reader must find in a message, worked out from the texts and the calendar alone. */

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** With or without the nought before it, as the locale has it. */
function clockPattern(at: string, timezone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  );
  return time.replace(/^0/, '0?');
}

/** Weekday, day, month and year, in whatever order and with whatever words between them. */
function dayPattern(at: string, { locale, timezone }: Reader): string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).formatToParts(new Date(at));
  const names = parts.filter(({ type }) => type !== 'literal').map(({ value }) => escaped(value));
  return names.join('[^0-9]{1,6}');
}

/** In the reader's zone; where a session is meant and the coach lives elsewhere, followed by the coach's time. */
function momentPattern(at: string, reader: Reader, isSession: boolean): string {
  const own = clockPattern(at, reader.timezone);
  const theirs = clockPattern(at, READERS.coach.timezone);
  const elsewhere = isSession && own !== theirs ? ` \\([^()]*\\b${theirs}\\b[^()]*\\)` : '';
  return `${dayPattern(at, reader)}[^0-9]{1,6}${own}${elsewhere}`;
}

/** Money and due dates of accounts are told in the reader's time only. */
const NO_SESSION = new Set(['since', 'time', 'date']);

function patternOf(name: string, value: Worded | undefined, reader: Reader): string {
  if (value === undefined) throw new Error(`the story gives no ${name}`);
  if (typeof value === 'string') return escaped(value);
  if ('day' in value) return dayPattern(`${value.day}T00:00:00Z`, { ...reader, timezone: 'UTC' });
  return momentPattern(value.at, reader, !NO_SESSION.has(name));
}

export interface Wording {
  title: string;
  body: RegExp;
}

/** Narrow and unbreakable spaces, which Intl writes, as plain ones. */
export const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

/** What the message must say to its reader: in his language, to the last word. */
export function wordingOf({ to, type, variant, values }: Message): Wording {
  const reader = READERS[to];
  const texts = typeTextsIn(languageOf(reader.locale))[type];
  const body = texts?.[variant ? `body_${variant}` : 'body'];
  if (!texts?.['title'] || body === undefined) throw new Error(`${type} has no text ${variant ?? ''}`);
  const pattern = plain(body)
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name ? plain(patternOf(name, values[name], reader)) : escaped(part);
    });
  return { title: texts['title'], body: new RegExp(`^${pattern.join('')}$`) };
}
