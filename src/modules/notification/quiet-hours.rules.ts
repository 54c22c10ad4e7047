import { Temporal } from 'temporal-polyfill';

const FROM_HOUR = 22;
const TO_HOUR = 7;

/**
 * When the quiet hours end that an instant falls into: 22:00–07:00 on the wall clock of a zone (IANA name), 22:00
 * included, 07:00 not. Null when it falls into none (rules §9).
 */
export function quietUntil(at: Date, timezone: string): Date | null {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone);
  if (local.hour >= TO_HOUR && local.hour < FROM_HOUR) return null;
  const morning = local.hour >= FROM_HOUR ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
  const end = morning.toZonedDateTime({ timeZone: timezone, plainTime: { hour: TO_HOUR } });
  return new Date(end.epochMilliseconds);
}
