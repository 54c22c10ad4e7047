import { ApiProperty } from '@nestjs/swagger';

/** How many instants are remembered as they were written: the starts of some hundred coaches' months. */
const REMEMBERED = 10_000;
const written = new Map<number, string>();

/**
 * An instant as the wire writes it: `2026-03-02T09:30:00Z`, with milliseconds only where there are any. Those that were
 * written are remembered, because lists of the same weeks are asked for again and again.
 *
 * @throws RangeError for a date that is none
 */
export function wireInstant(at: Date): string {
  const ms = at.getTime();
  const known = written.get(ms);
  if (known !== undefined) return known;
  if (written.size >= REMEMBERED) written.clear();
  const text = at.toISOString().replace('.000Z', 'Z');
  written.set(ms, text);
  return text;
}

export function wireInstantOrNull(at: Date | null): string | null {
  return at === null ? null : wireInstant(at);
}

/** Documents a response field that `wireInstant` made. */
export const ApiInstant = (options: { nullable?: boolean; description?: string } = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z', ...options });
