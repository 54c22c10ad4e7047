import { ApiProperty } from '@nestjs/swagger';

/** An instant as the wire writes it: `2026-03-02T09:30:00Z`, with milliseconds only where there are any. */
export function wireInstant(at: Date): string {
  const text = at.toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

export function wireInstantOrNull(at: Date | null): string | null {
  return at === null ? null : wireInstant(at);
}

/** Documents a response field that `wireInstant` made. */
export const ApiInstant = (options: { nullable?: boolean; description?: string } = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z', ...options });
