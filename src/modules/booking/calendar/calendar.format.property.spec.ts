import fc from 'fast-check';
import ICAL from 'ical.js';
import { BOOKING_STATUSES } from 'src/modules/booking/booking.state';
import { calendarText } from './calendar.format';
import { calendarStatus } from './calendar.rules';
import type { OwnEvent } from './calendar.types';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
  fc.constantFrom(
    'Ana, Béa; & Co \\ Söhne',
    '🏋️‍♀️'.repeat(60),
    'a\r\nBEGIN:VEVENT\r\nSUMMARY:evil',
    'x\nATTENDEE:mailto:a@example.com',
    '\\n\\,\\;',
    '" quoted : "',
    'é'.repeat(300),
    '山'.repeat(100),
  ),
);
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((at) => {
  // A calendar knows no milliseconds.
  at.setUTCMilliseconds(0);
  return at;
});
const event: fc.Arbitrary<OwnEvent> = fc
  .record({
    bookingId: fc.uuid(),
    coachId: fc.uuid(),
    coachName: text,
    clientId: fc.uuid(),
    clientName: text,
    gymName: fc.option(text),
    scheduledAt: instant,
    status: fc.constantFrom(...BOOKING_STATUSES),
    type: fc.constantFrom('individual' as const, 'group' as const, 'discovery' as const),
    createdAt: instant,
    updatedAt: instant,
    changes: fc.nat(20),
    as: fc.constantFrom('client' as const, 'coach' as const),
    minutes: fc.integer({ min: 15, max: 480 }),
  })
  .map(({ minutes, ...event }) => ({ ...event, endsAt: new Date(event.scheduledAt.getTime() + minutes * 60_000) }));

/** What a reader sees of a name: control characters are gaps. */
const seen = (name: string): string => name.replace(/\p{Cc}+/gu, ' ').trim();
const described = ({ type }: OwnEvent): string => `${type}, yes;\nno`;

describe('a calendar file', () => {
  it('is read by another library as it was meant, whatever the names are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 5 }), async (events) => {
        const file = await calendarText(events, { name: 'MyCoach', describe: described });
        const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
        const found = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
        expect(found).toHaveLength(events.length);
        found.forEach((read, place) => {
          const meant = events[place];
          if (!meant) throw new Error('an event too many');
          expect(read.uid).toBe(`${meant.bookingId}@mycoach`);
          expect(read.summary).toBe(seen(meant.as === 'coach' ? meant.clientName : meant.coachName));
          expect(read.location).toBe(meant.gymName === null ? null : seen(meant.gymName) || null);
          expect(read.description).toBe(described(meant));
          expect(read.sequence).toBe(meant.changes);
          expect(read.component.getFirstPropertyValue('status')).toBe(calendarStatus(meant.status));
          expect(read.startDate.toJSDate()).toEqual(meant.scheduledAt);
          expect(read.endDate.toJSDate()).toEqual(meant.endsAt);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('has lines of 75 octets at most, ended by CRLF alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 3 }), async (events) => {
        const file = await calendarText(events, { name: 'MyCoach', describe: described });
        expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
        const lines = file.slice(0, -2).split('\r\n');
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
          expect(line).not.toBe('');
          // No character is cut in two.
          expect(line.isWellFormed()).toBe(true);
        }
        expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(events.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same text for the same events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 3 }), async (events) => {
        const texts = { name: 'MyCoach', describe: described };
        expect(await calendarText(events, texts)).toBe(await calendarText(events, texts));
      }),
      { numRuns: 20 },
    );
  });
});
