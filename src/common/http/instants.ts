import { ApiProperty } from '@nestjs/swagger';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_LENGTH = 'T00:00:00.000Z'.length;
const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** The day that was written last: a list has few of them, and asking the runtime for each instant was a tenth of its cost. */
let lastDay = Number.NaN;
let lastDate = '';

/**
 * An instant as the wire writes it: `2026-03-02T09:30:00Z`, with milliseconds only where there are any.
 *
 * @throws RangeError for a date that is none
 */
export function wireInstant(at: Date): string {
  const ms = at.getTime();
  const day = Math.floor(ms / DAY);
  if (day !== lastDay) {
    lastDate = at.toISOString().slice(0, -TIME_LENGTH);
    lastDay = day;
  }
  const rest = ms - day * DAY;
  const [hour, minute, second] = [
    TWO_DIGITS[Math.floor(rest / HOUR)],
    part(rest, HOUR, MINUTE),
    part(rest, MINUTE, SECOND),
  ];
  const fraction = rest % SECOND === 0 ? '' : `.${String(rest % SECOND).padStart(3, '0')}`;
  return `${lastDate}T${hour}:${minute}:${second}${fraction}Z`;
}

function part(rest: number, of: number, unit: number): string | undefined {
  return TWO_DIGITS[Math.floor((rest % of) / unit)];
}

export function wireInstantOrNull(at: Date | null): string | null {
  return at === null ? null : wireInstant(at);
}

/** Documents a response field that `wireInstant` made. */
export const ApiInstant = (options: { nullable?: boolean; description?: string } = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z', ...options });
