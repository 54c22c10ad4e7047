import fc from 'fast-check';
import { listSlots } from 'src/modules/booking/slots/slot.rules';
import type { Interval, SlotScene } from 'src/modules/booking/slots/slot.types';
import type { AvailabilityWindow } from 'src/modules/coach/coach.types';
import { LOOKAHEAD_DAYS, openingOf, SOON_DAYS } from './opening.rules';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The week before clocks change in Europe. */
const NOW = Date.parse('2026-03-22T10:17:00Z');

const interval = fc
  .record({ start: fc.integer({ min: -30, max: 45 * 24 }), hours: fc.integer({ min: 1, max: 9 * 24 }) })
  .map(({ start, hours }): Interval => {
    const startsAt = new Date(NOW + start * HOUR + 43 * 60_000);
    return { startsAt, endsAt: new Date(startsAt.getTime() + hours * HOUR) };
  });

const window = fc
  .record({
    dayOfWeek: fc.integer({ min: 0, max: 6 }),
    startMinute: fc.integer({ min: 0, max: 1300 }),
    minutes: fc.integer({ min: 20, max: 400 }),
    maxSlots: fc.integer({ min: 1, max: 2 }),
    horizonDays: fc.constantFrom(null, 1, 3, 7, 60),
    active: fc.constantFrom(true, true, true, false),
  })
  .map(({ minutes, ...rest }): AvailabilityWindow => {
    return { ...rest, endMinute: Math.min(1440, rest.startMinute + minutes) };
  });

const scene = fc.record({
  calendar: fc.record({
    coachId: fc.constant('coach'),
    timezone: fc.constantFrom('UTC', 'Europe/Paris', 'Australia/Lord_Howe'),
    sessionDurationMin: fc.constantFrom(15, 60, 90),
    bufferMin: fc.constantFrom(0, 15),
    minNoticeHours: fc.constantFrom(0, 2, 48, 168),
    horizonDays: fc.constantFrom(1, 5, 30),
    // One window of a day, so that none overlap.
    windows: fc.uniqueArray(window, { maxLength: 3, selector: ({ dayOfWeek }) => dayOfWeek }),
  }),
  taken: fc.array(
    interval.map((busy) => ({ ...busy, taken: 2 })),
    { maxLength: 4 },
  ),
  elsewhere: fc.array(interval, { maxLength: 2 }),
  timeOff: fc.array(interval, { maxLength: 4 }),
  booker: fc.constant(null),
  now: fc.constant(new Date(NOW)),
}) satisfies fc.Arbitrary<SlotScene>;

function hasFreeSlotSoon(whole: SlotScene, at: number): boolean {
  const range = {
    from: new Date(at),
    to: new Date(at + SOON_DAYS * DAY + 1),
    durationMin: whole.calendar.sessionDurationMin,
  };
  return listSlots({ ...whole, now: new Date(at) }, range).slots.some(({ remaining }) => remaining > 0);
}

describe('whether a coach has a free slot soon', () => {
  it('is what the list of slots says, at every instant for which it is known', () => {
    let open = 0;
    let closed = 0;
    fc.assert(
      fc.property(scene, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (whole, places) => {
        const { isOpen, knownUntil } = openingOf(whole, whole.calendar.sessionDurationMin);
        const until = knownUntil.getTime();
        expect(until).toBeGreaterThan(NOW);
        for (const place of [0, ...places]) {
          const at = Math.floor(NOW + place * (until - 1 - NOW));
          expect(hasFreeSlotSoon(whole, at)).toBe(isOpen);
        }
        expect(hasFreeSlotSoon(whole, until - 1)).toBe(isOpen);
        if (isOpen) open += 1;
        else closed += 1;
      }),
      { numRuns: 400 },
    );
    // Both answers were tried, or the property says nothing.
    expect(open).toBeGreaterThan(40);
    expect(closed).toBeGreaterThan(40);
  });

  it('is known for as long as anybody looks ahead when nothing is ever offered', () => {
    const idle: SlotScene = {
      calendar: {
        coachId: 'coach',
        timezone: 'UTC',
        sessionDurationMin: 60,
        bufferMin: 0,
        minNoticeHours: 0,
        horizonDays: 30,
        windows: [],
      },
      taken: [],
      elsewhere: [],
      timeOff: [],
      booker: null,
      now: new Date(NOW),
    };
    const knownUntil = new Date(NOW + (LOOKAHEAD_DAYS - SOON_DAYS) * DAY);
    expect(openingOf(idle, 60)).toEqual({ isOpen: false, knownUntil });
  });

  it('comes true at the very instant when the first start is seven days away', () => {
    const monday: AvailabilityWindow = {
      dayOfWeek: 0,
      startMinute: 600,
      endMinute: 660,
      maxSlots: 1,
      horizonDays: null,
      active: true,
    };
    const away: Interval = { startsAt: new Date(NOW), endsAt: new Date('2026-04-02T00:00:00Z') };
    const whole: SlotScene = {
      calendar: {
        coachId: 'coach',
        timezone: 'UTC',
        sessionDurationMin: 60,
        bufferMin: 0,
        minNoticeHours: 0,
        horizonDays: 30,
        windows: [monday],
      },
      taken: [],
      elsewhere: [],
      timeOff: [away],
      booker: null,
      now: new Date(NOW),
    };
    // The first Monday after the absence is 6 April.
    const opens = new Date('2026-03-30T10:00:00Z');
    expect(openingOf(whole, 60)).toEqual({ isOpen: false, knownUntil: opens });
    expect(openingOf({ ...whole, now: opens }, 60).isOpen).toBe(true);
  });
});
