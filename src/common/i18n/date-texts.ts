import { dateFormat } from './intl-formats';

/**
 * An instant as people write it, in their locale and zone: `mardi 3 mars 2026 à 10:30`. When the coach's zone differs
 * from the reader's, the time there follows in brackets (rules §9).
 */
export function sessionTimeText(at: Date, locale: string, timezone: string, coachTimezone: string): string {
  const own = dateText(at, locale, { dateStyle: 'full', timeStyle: 'short', timeZone: timezone });
  if (sameWallClock(at, timezone, coachTimezone)) return own;
  const there = dateText(at, locale, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: coachTimezone,
    timeZoneName: 'short',
  });
  return `${own} (${there})`;
}

/** A day as people write it: `mardi 3 mars 2026`. */
export function dayText(at: Date, locale: string, timezone: string): string {
  return dateText(at, locale, { dateStyle: 'full', timeZone: timezone });
}

/** A time of day as people write it: `10:30`. */
export function clockText(at: Date, locale: string, timezone: string): string {
  return dateText(at, locale, { timeStyle: 'short', timeZone: timezone });
}

/** A day among others of its year: `3 mars`. */
export function shortDayText(at: Date, locale: string, timezone: string): string {
  return dateText(at, locale, { day: 'numeric', month: 'short', timeZone: timezone });
}

/** A month among others of its year: `mars`. */
export function monthText(at: Date, locale: string, timezone: string): string {
  return dateText(at, locale, { month: 'short', timeZone: timezone });
}

export function yearText(at: Date, locale: string, timezone: string): string {
  return dateText(at, locale, { year: 'numeric', timeZone: timezone });
}

/** From one day to another: `3 févr. – 2 mars 2026`. */
export function daysText(from: Date, to: Date, locale: string, timezone: string): string {
  const format = dateFormat(locale, { dateStyle: 'medium', timeZone: timezone });
  return isFrench(locale) ? inFrench(format.formatRangeToParts(from, to)) : format.formatRange(from, to);
}

function dateText(at: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const format = dateFormat(locale, options);
  return isFrench(locale) ? inFrench(format.formatToParts(at)) : format.format(at);
}

function isFrench(locale: string): boolean {
  return /^fr(-|$)/i.test(locale);
}

/** `1er mars`: French counts the first day of a month, and Intl does not know. */
function inFrench(parts: readonly { type: string; value: string }[]): string {
  return parts.map(({ type, value }) => (type === 'day' && value === '1' ? '1er' : value)).join('');
}

function sameWallClock(at: Date, one: string, other: string): boolean {
  if (one === other) return true;
  const wall = (timeZone: string): string =>
    dateFormat('en', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);
  return wall(one) === wall(other);
}
