import type { LineFaultCode } from './import.types';

/** A line that cannot be taken, and why. */
export class Unreadable extends Error {
  constructor(readonly code: LineFaultCode) {
    super(code);
  }
}

export function refuse(code: LineFaultCode): never {
  throw new Unreadable(code);
}

/** Apps write fractions as their phone does, and some as it computes: `62,5`, `62.49999237060547`. */
const NUMBER = /^[-+]?\d{1,9}([.,]\d{1,20})?$/;
const DURATION = /^(?:(\d{1,4})h)?(?:(\d{1,4})m(?:in)?)?(?:(\d{1,6})s(?:ec)?)?$/;
const CLOCK = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/;
const CONTROL_BUT_LINES = /[^\P{Cc}\t\n\r]/u;

/** Null where the cell is empty. @throws Unreadable */
export function decimalOf(text: string): number | null {
  if (text === '') return null;
  return NUMBER.test(text) ? Number(text.replace(',', '.')) : refuse('line_invalid_number');
}

/** `10` and `10.0`; null where the cell is empty. @throws Unreadable */
export function wholeOf(text: string): number | null {
  const value = decimalOf(text);
  return value === null || Number.isInteger(value) ? value : refuse('line_invalid_number');
}

/** @throws Unreadable */
export function within(value: number | null, least: number, most: number): number | null {
  return value === null || (value >= least && value <= most) ? value : refuse('line_out_of_range');
}

/** Seconds of `1h 5m`, `45m`, `50s` or `1:05:00`; null where the cell is empty. @throws Unreadable */
export function secondsOf(text: string): number | null {
  const written = text.toLowerCase().replace(/\s/g, '');
  if (written === '') return null;
  const parts = CLOCK.exec(written) ?? DURATION.exec(written) ?? refuse('line_invalid_number');
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part || 0));
  return (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** Whole minutes, at least one; none of a session that nobody timed. @throws Unreadable beyond what a session lasts */
export function minutesOf(seconds: number | null): number | null {
  if (seconds === null || seconds === 0) return null;
  return within(Math.max(1, Math.round(seconds / 60)), seconds < 0 ? 2 : 1, 600);
}

/** A text of several lines, as the database can keep it; null where the cell is empty. @throws Unreadable */
export function noteOf(text: string, most: number): string | null {
  const note = text.trim();
  if ([...note].length > most || CONTROL_BUT_LINES.test(note)) refuse('line_out_of_range');
  return note || null;
}
