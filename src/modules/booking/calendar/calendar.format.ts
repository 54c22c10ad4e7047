import { setImmediate as othersTurn } from 'node:timers/promises';
import { calendarStatus, titleOf } from './calendar.rules';
import type { OwnEvent } from './calendar.types';

/** The texts of a calendar, in its reader's language. */
export interface CalendarTexts {
  /** Of the whole calendar. One that the library writes as it is: without commas, semicolons and backslashes. */
  name: string;
  describe(event: OwnEvent): string;
}

const PRODUCT = '//MyCoach//MyCoach//EN';
/** How often a calendar should ask again. */
const REFRESH_SECONDS = 3_600;
/** RFC 5545: longer lines are folded. In octets. */
const LINE = 75;
/** Writing an event takes some twenty microseconds, and a busy coach has thousands. */
const EVENTS_AT_ONCE = 200;

/** An event by the library's names. */
interface Described {
  id: string;
  sequence: number;
  stamp: Date;
  created: Date;
  lastModified: Date;
  start: Date;
  end: Date;
  summary: string;
  description: string;
  location: string | null;
}

/**
 * Events as a calendar file (RFC 5545). The same events give the same text, byte by byte. The library folds a text
 * character by character, which takes most of its time: here only the lines that are too long go through it.
 */
export async function calendarText(events: readonly OwnEvent[], texts: CalendarTexts): Promise<string> {
  const { foldLines, ICalCalendar, ICalCalendarMethod, ICalEventStatus } = await import('ical-generator');
  const calendar = new ICalCalendar({
    name: texts.name,
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  const end = 'END:VCALENDAR';
  const parts = [calendar.toString().slice(0, -end.length)];
  for (const [place, event] of events.entries()) {
    if (place > 0 && place % EVENTS_AT_ONCE === 0) await othersTurn();
    const status = ICalEventStatus[calendarStatus(event.status)];
    const text = calendar.createEvent({ ...described(event, texts), status }).toString();
    parts.push(folded(text, foldLines));
  }
  return `${parts.join('')}${end}\r\n`;
}

function described(event: OwnEvent, texts: CalendarTexts): Described {
  return {
    id: `${event.bookingId}@mycoach`,
    sequence: event.changes,
    stamp: event.updatedAt,
    created: event.createdAt,
    lastModified: event.updatedAt,
    start: event.scheduledAt,
    end: event.endsAt,
    summary: oneLine(titleOf(event)),
    description: texts.describe(event),
    location: event.gymName && oneLine(event.gymName),
  };
}

function folded(text: string, fold: (line: string) => string): string {
  return text
    .split('\r\n')
    .map((line) => (Buffer.byteLength(line) > LINE ? fold(line) : line))
    .join('\r\n');
}

/** A control character, a lone line end above all, begins no line of its own in a calendar. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
