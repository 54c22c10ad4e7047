import { Temporal } from 'temporal-polyfill';

/** Months by the letters that tell them apart in the languages that the apps speak. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'abr', 'avr'],
  ['may', 'mai', 'mag'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'ago', 'aou'],
  ['sep', 'set'],
  ['oct', 'out', 'okt', 'ott'],
  ['nov'],
  ['dec', 'dic', 'dez'],
];
const MONTH_OF = new Map(MONTHS.flatMap((names, place) => names.map((name) => [name, place + 1] as const)));

const TIME =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d{1,9})?)?(?: ?(?<half>[ap])\\.? ?m\\.?)?';
const FORMS = [
  // 2026-03-02 18:30:00, 2026-03-02T18:30
  `(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})[ t]${TIME}`,
  // 2 Mar 2026, 18:30 and 2 de mar. de 2026, 18:30
  `(?<day>\\d{1,2})\\.? (?:de )?(?<name>\\p{L}{3,12})\\.?,? (?:de )?(?<year>\\d{4}),? ${TIME}`,
  // Mar 2, 2026, 6:30 PM
  `(?<name>\\p{L}{3,12})\\.? (?<day>\\d{1,2}),? (?<year>\\d{4}),? ${TIME}`,
  // 02.03.2026, 18:30
  `(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4}),? ${TIME}`,
].map((form) => new RegExp(`^${form}$`, 'u'));

/** A moment that an app tells without a zone. */
export interface LocalMoment {
  /** `2026-03-02T18:30:00`. */
  text: string;
  at: Date;
}

/**
 * Reads the start of a session as Strong and Hevy write it on phones of several languages. Where clocks are turned back,
 * the first of two equal moments is meant.
 *
 * @returns null when it cannot be read
 */
export function localMoment(written: string, zone: string): LocalMoment | null {
  const text = folded(written);
  if (text.length > 60) return null;
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts) return momentOf(parts, zone);
  }
  return null;
}

function folded(written: string): string {
  return written.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

function momentOf(parts: Record<string, string | undefined>, zone: string): LocalMoment | null {
  const month = parts['name'] === undefined ? Number(parts['month']) : monthOf(parts['name']);
  const hour = hourOf(Number(parts['hour']), parts['half']);
  const year = Number(parts['year']);
  if (month === undefined || hour === undefined || year < 1900 || year >= 2200) return null;
  const fields = { year, month, day: Number(parts['day']), hour, minute: Number(parts['minute']) };
  try {
    const local = Temporal.PlainDateTime.from(
      { ...fields, second: Number(parts['second'] ?? 0) },
      { overflow: 'reject' },
    );
    const at = new Date(local.toZonedDateTime(zone).epochMilliseconds);
    return { text: local.toString({ smallestUnit: 'second' }), at };
  } catch (error) {
    // A day or an hour that there is not.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function monthOf(name: string): number | undefined {
  return MONTH_OF.get(name.slice(0, 4)) ?? MONTH_OF.get(name.slice(0, 3));
}

/** 12 AM is midnight. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
