import type { OpenAPIObject } from '@nestjs/swagger';
import { Temporal } from 'temporal-polyfill';

/** The Monday morning on which the examples of the document are told. What is earlier has happened, what is later is planned. */
const TOLD_AT = Temporal.ZonedDateTime.from('2026-03-02T10:30[Europe/Paris]');
/** A day or an instant of that story, and nothing but that. A date of January is not of it: the version of a text. */
const OF_THE_STORY = /^2026-(?:0[2-9]|1[0-2])-\d\d(?:T\d\d:\d\d:\d\dZ)?$/;

/**
 * The document with the story of its examples moved by whole weeks, to the last Monday morning before `now`: so that
 * an example that is sent as it stands plans what is still to come and reports what has been. Clocks on the wall of
 * Paris stay as they are told when summer time begins.
 */
export function inTheWeekOf(document: OpenAPIObject, now: Date): OpenAPIObject {
  const present = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TOLD_AT.timeZoneId);
  const { weeks } = TOLD_AT.until(present, { smallestUnit: 'weeks', largestUnit: 'weeks', roundingMode: 'floor' });
  const text = JSON.stringify(document, (_, value: unknown) =>
    typeof value === 'string' && OF_THE_STORY.test(value) ? moved(value, weeks) : value,
  );
  return JSON.parse(text) as OpenAPIObject;
}

function moved(value: string, weeks: number): string {
  if (!value.includes('T')) return Temporal.PlainDate.from(value).add({ weeks }).toString();
  const instant = Temporal.Instant.from(value).toZonedDateTimeISO(TOLD_AT.timeZoneId).add({ weeks }).toInstant();
  return instant.toString();
}
