import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, IsString } from 'class-validator';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, HOUR_MS } from 'src/common/clock/durations';
import { startOfLocalDay } from 'src/common/clock/local-days';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { Check, parseInstant } from 'src/common/http/fields';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function isDay(text: string): boolean {
  return DAY.test(text) && parseInstant(`${text}T00:00:00Z`) !== null;
}

/** `from` and `to` of a query: an instant, or a date whose whole day is meant. */
export function InstantOrDay(): PropertyDecorator {
  return applyDecorators(
    IsDefined({ message: 'required' }),
    IsString({ message: 'invalid_type' }),
    Check('invalid_date_range', (value) => typeof value === 'string' && (isDay(value) || parseInstant(value) !== null)),
    ApiProperty({ type: String, example: '2026-03-02T09:30:00Z', description: 'Instant, or date (YYYY-MM-DD)' }),
  );
}

export interface InstantRange {
  /** Included. */
  from: Date | null;
  /** Excluded. */
  to: Date | null;
}

/**
 * Reads `[from, to)`: instants as they are, dates with both days included, in `zone` (contract §1.4).
 *
 * @param maxDays the longest span allowed
 * @param field which one of the request is at fault
 * @throws ValidationFailed `invalid_date_range` when from is after to, or the span too long
 */
export function resolveRange(
  query: { from?: string; to?: string },
  zone: string,
  maxDays?: number,
  field = 'to',
): InstantRange {
  const read = (text: string | undefined, daysLater: number): Date | null => {
    if (text === undefined) return null;
    return isDay(text)
      ? startOfLocalDay(Temporal.PlainDate.from(text).add({ days: daysLater }), zone)
      : parseInstant(text);
  };
  const range = { from: read(query.from, 0), to: read(query.to, 1) };
  // A last day before the first one: the end of it may still be the beginning of the other.
  assertRange({ from: range.from, to: read(query.to, 0) }, undefined, field);
  assertRange(range, maxDays, field);
  return range;
}

/** @throws ValidationFailed `invalid_date_range` */
export function assertRange({ from, to }: InstantRange, maxDays?: number, field = 'to'): void {
  if (!from || !to) return;
  const span = to.getTime() - from.getTime();
  // A local day may have 25 hours, so whole days may be an hour longer than their number says.
  if (span < 0 || (maxDays !== undefined && span > maxDays * DAY_MS + HOUR_MS))
    throw new ValidationFailed([{ field, code: 'invalid_date_range' }]);
}
