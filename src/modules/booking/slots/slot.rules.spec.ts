import type { AvailabilityWindow } from 'src/modules/coach/coach.types';
import { decide, listSlots } from './slot.rules';
import type {
  Booker,
  CoachCalendar,
  Interval,
  OwnBooking,
  SlotActor,
  SlotDecision,
  SlotListing,
  SlotScene,
} from './slot.types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const COACH = 'coach';

function calendarOf(overrides: Partial<CoachCalendar> = {}): CoachCalendar {
  return {
    coachId: COACH,
    timezone: 'UTC',
    sessionDurationMin: 60,
    bufferMin: 0,
    minNoticeHours: 0,
    horizonDays: 365,
    windows: daily('08:00', '18:00'),
    ...overrides,
  };
}

/** The same window on the seven days of the week. */
function daily(from: string, to: string, overrides: Partial<AvailabilityWindow> = {}): AvailabilityWindow[] {
  return [0, 1, 2, 3, 4, 5, 6].map((dayOfWeek) => ({
    dayOfWeek,
    startMinute: minuteOf(from),
    endMinute: minuteOf(to),
    maxSlots: 1,
    horizonDays: null,
    active: true,
    ...overrides,
  }));
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function sceneOf(calendar: CoachCalendar, overrides: Partial<SlotScene> = {}): SlotScene {
  const now = new Date('2026-01-01T00:00:00Z');
  return { calendar, taken: [], elsewhere: [], timeOff: [], booker: null, now, ...overrides };
}

function interval(startsAt: string, endsAt: string): Interval {
  return { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
}

function ownBooking(at: Interval, overrides: Partial<OwnBooking> = {}): Booker {
  return { id: 'client', bookings: [{ ...at, bookingId: 'mine', coachId: COACH, ...overrides }] };
}

function ask(scene: SlotScene, startsAt: string, actor: SlotActor = 'client', durationMin = 60): SlotDecision {
  return decide(scene, { startsAt: new Date(startsAt), durationMin, actor });
}

function refusal(scene: SlotScene, startsAt: string, actor: SlotActor = 'client', durationMin = 60): string | null {
  const decision = ask(scene, startsAt, actor, durationMin);
  return decision.ok ? null : decision.refusal;
}

function list(scene: SlotScene, from: string, to: string, durationMin = 60): SlotListing {
  return listSlots(scene, { from: new Date(from), to: new Date(to), durationMin });
}

function startsOf(listing: SlotListing): string[] {
  return listing.slots.map(({ startsAt }) => startsAt.toISOString().replace(':00.000Z', 'Z'));
}

describe('the grid', () => {
  it('advances by session and buffer, as long as the duration asked fits', () => {
    const scene = sceneOf(calendarOf({ bufferMin: 15, windows: daily('08:00', '11:00') }));
    expect(startsOf(list(scene, '2026-05-04T00:00Z', '2026-05-05T00:00Z'))).toEqual([
      '2026-05-04T08:00Z',
      '2026-05-04T09:15Z',
    ]);
    expect(startsOf(list(scene, '2026-05-04T00:00Z', '2026-05-05T00:00Z', 30))).toEqual([
      '2026-05-04T08:00Z',
      '2026-05-04T09:15Z',
      '2026-05-04T10:30Z',
    ]);
    expect(refusal(scene, '2026-05-04T10:30:00Z')).toBe('slot_outside_availability');
    expect(refusal(scene, '2026-05-04T10:30:00Z', 'client', 30)).toBeNull();
  });

  it('takes the start of the range and leaves its end', () => {
    const scene = sceneOf(calendarOf());
    expect(startsOf(list(scene, '2026-05-04T09:00Z', '2026-05-04T11:00Z'))).toEqual([
      '2026-05-04T09:00Z',
      '2026-05-04T10:00Z',
    ]);
  });

  it('lets a session end at midnight', () => {
    const scene = sceneOf(calendarOf({ windows: daily('23:00', '24:00') }));
    expect(refusal(scene, '2026-05-04T23:00:00Z')).toBeNull();
  });

  it('skips a time that the clock jumps over (Paris, 29 March)', () => {
    const scene = sceneOf(calendarOf({ timezone: 'Europe/Paris', windows: daily('01:00', '05:00') }));
    expect(startsOf(list(scene, '2026-03-28T22:00Z', '2026-03-29T22:00Z'))).toEqual([
      '2026-03-29T00:00Z', // 01:00
      '2026-03-29T01:00Z', // 03:00, the minute after 01:59
      '2026-03-29T02:00Z', // 04:00
    ]);
  });

  it('ends with the gap where the end of the window falls into it', () => {
    const scene = sceneOf(calendarOf({ timezone: 'Europe/Paris', windows: daily('00:00', '02:30') }));
    expect(startsOf(list(scene, '2026-03-28T22:00Z', '2026-03-29T22:00Z'))).toEqual([
      '2026-03-28T23:00Z', // 00:00
      '2026-03-29T00:00Z', // 01:00, ends at 03:00, where the gap ends
    ]);
    expect(refusal(scene, '2026-03-29T00:00:00Z', 'client', 61)).toBe('slot_outside_availability');
  });

  it('measures a session in elapsed time: the window on the wall may be too short for it', () => {
    const scene = sceneOf(
      calendarOf({ timezone: 'Europe/Paris', sessionDurationMin: 120, windows: daily('01:00', '03:00') }),
    );
    expect(refusal(scene, '2026-03-28T00:00:00Z', 'client', 120)).toBeNull();
    expect(refusal(scene, '2026-03-29T00:00:00Z', 'client', 120)).toBe('slot_outside_availability');
  });

  it('closes one of two starts that overlap over the jump when the other is booked', () => {
    const calendar = calendarOf({
      timezone: 'Europe/Paris',
      sessionDurationMin: 120,
      windows: daily('01:00', '07:00'),
    });
    const listed = (scene: SlotScene): string[] => startsOf(list(scene, '2026-03-28T23:00Z', '2026-03-29T22:00Z', 120));
    expect(listed(sceneOf(calendar))).toEqual(['2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T03:00Z']);
    const booked = { ...interval('2026-03-29T00:00Z', '2026-03-29T02:00Z'), taken: 1 };
    expect(listed(sceneOf(calendar, { taken: [booked] }))).toEqual(['2026-03-29T00:00Z', '2026-03-29T03:00Z']);
    expect(refusal(sceneOf(calendar, { taken: [booked] }), '2026-03-29T01:00Z', 'client', 120)).toBe(
      'slot_unavailable',
    );
  });

  it('uses a time that comes twice once, the first time (New York, 1 November)', () => {
    const scene = sceneOf(calendarOf({ timezone: 'America/New_York', windows: daily('00:00', '03:00') }));
    expect(startsOf(list(scene, '2026-11-01T04:00Z', '2026-11-02T04:00Z'))).toEqual([
      '2026-11-01T04:00Z', // 00:00
      '2026-11-01T05:00Z', // 01:00, daylight time
      '2026-11-01T07:00Z', // 02:00
    ]);
    expect(refusal(scene, '2026-11-01T06:00:00Z')).toBe('slot_outside_availability'); // 01:00 again
  });

  it('ends a window at the first occurrence of its end', () => {
    const scene = sceneOf(calendarOf({ timezone: 'America/New_York', windows: daily('00:30', '01:30') }));
    expect(refusal(scene, '2026-11-01T04:30:00Z')).toBeNull();
    expect(refusal(scene, '2026-11-01T04:30:00Z', 'client', 61)).toBe('slot_outside_availability');
  });

  it('follows a clock that changes by half an hour (Lord Howe)', () => {
    const scene = sceneOf(
      calendarOf({ timezone: 'Australia/Lord_Howe', sessionDurationMin: 30, windows: daily('01:00', '03:00') }),
    );
    expect(startsOf(list(scene, '2026-04-04T13:00Z', '2026-04-05T13:00Z', 30))).toEqual([
      '2026-04-04T14:00Z', // 01:00
      '2026-04-04T14:30Z', // 01:30, summer time; again at 15:00Z
      '2026-04-04T15:30Z', // 02:00
      '2026-04-04T16:00Z', // 02:30
    ]);
    expect(refusal(scene, '2026-04-04T15:00:00Z', 'client', 30)).toBe('slot_outside_availability');
    expect(startsOf(list(scene, '2026-10-03T13:30Z', '2026-10-04T13:00Z', 30))).toEqual([
      '2026-10-03T14:30Z', // 01:00
      '2026-10-03T15:00Z', // 01:30, then 02:00 does not come
      '2026-10-03T15:30Z', // 02:30
    ]);
  });

  it('lists a start of tomorrow before the clock goes back to today (St. John’s, 00:01 to 23:01)', () => {
    const scene = sceneOf(calendarOf({ timezone: 'America/St_Johns', windows: daily('00:00', '04:00') }), {
      now: new Date('2009-10-31T00:00:00Z'),
    });
    expect(startsOf(list(scene, '2009-11-01T02:00Z', '2009-11-01T03:00Z'))).toEqual(['2009-11-01T02:30Z']);
  });

  it('reads the day of the week in the zone of the coach', () => {
    const monday = daily('08:00', '09:00').filter(({ dayOfWeek }) => dayOfWeek === 0);
    const scene = sceneOf(calendarOf({ timezone: 'Pacific/Auckland', windows: monday }));
    expect(startsOf(list(scene, '2026-05-01T00:00Z', '2026-05-08T00:00Z'))).toEqual(['2026-05-03T20:00Z']);
  });

  it('leaves out a window that is switched off', () => {
    const scene = sceneOf(calendarOf({ windows: daily('08:00', '18:00', { active: false }) }));
    expect(list(scene, '2026-05-04T00:00Z', '2026-05-11T00:00Z')).toEqual({ slots: [], removed: [] });
    expect(refusal(scene, '2026-05-04T08:00:00Z')).toBe('slot_outside_availability');
  });
});

describe('the limits of time, to the millisecond', () => {
  const start = '2026-05-04T10:00:00.000Z';
  const before = (ms: number): Date => new Date(new Date(start).getTime() - ms);

  it('asks for a start in the future', () => {
    expect(refusal(sceneOf(calendarOf(), { now: before(1) }), start)).toBeNull();
    expect(refusal(sceneOf(calendarOf(), { now: before(0) }), start)).toBe('slot_in_past');
    expect(refusal(sceneOf(calendarOf(), { now: before(0) }), start, 'coach')).toBe('slot_in_past');
  });

  it('allows the notice itself and nothing shorter', () => {
    const calendar = calendarOf({ minNoticeHours: 24 });
    expect(refusal(sceneOf(calendar, { now: before(24 * HOUR) }), start)).toBeNull();
    expect(refusal(sceneOf(calendar, { now: before(24 * HOUR - 1) }), start)).toBe('notice_too_short');
  });

  it('allows the horizon itself and nothing later, the window before the profile', () => {
    const calendar = calendarOf({ horizonDays: 30 });
    expect(refusal(sceneOf(calendar, { now: before(720 * HOUR) }), start)).toBeNull();
    expect(refusal(sceneOf(calendar, { now: before(720 * HOUR + 1) }), start)).toBe('beyond_booking_horizon');
    const week = calendarOf({ horizonDays: 30, windows: daily('08:00', '18:00', { horizonDays: 7 }) });
    expect(refusal(sceneOf(week, { now: before(168 * HOUR) }), start)).toBeNull();
    expect(refusal(sceneOf(week, { now: before(168 * HOUR + 1) }), start)).toBe('beyond_booking_horizon');
  });

  it.each([0, 15])('keeps %i minutes of buffer on both sides of a session', (bufferMin) => {
    const calendar = calendarOf({ bufferMin, windows: [] });
    const earlier = (gapMs: number): string | null => {
      const endsAt = before(gapMs);
      const taken = [{ startsAt: new Date(endsAt.getTime() - HOUR), endsAt, taken: 1 }];
      return refusal(sceneOf(calendar, { taken }), start, 'coach');
    };
    const later = (gapMs: number): string | null => {
      const startsAt = before(-HOUR - gapMs);
      const taken = [{ startsAt, endsAt: new Date(startsAt.getTime() + HOUR), taken: 1 }];
      return refusal(sceneOf(calendar, { taken }), start, 'coach');
    };
    for (const at of [earlier, later]) {
      expect(at(bufferMin * MINUTE)).toBeNull();
      expect(at(bufferMin * MINUTE - 1)).toBe('slot_unavailable');
    }
  });

  it.each([
    ['time off', 'coach_on_time_off', (at: Interval) => ({ timeOff: [at] })],
    [
      'a booking of the client elsewhere',
      'client_busy',
      (at: Interval) => ({ booker: ownBooking(at, { coachId: 'x' }) }),
    ],
    [
      'a session the client coaches',
      'client_busy',
      (at: Interval) => ({ booker: ownBooking(at, { coachId: 'client' }) }),
    ],
    ['the coach away as a client', 'slot_unavailable', (at: Interval) => ({ elsewhere: [at] })],
  ])('lets %s touch the session without buffer, not overlap it', (_, code, overrides) => {
    const calendar = calendarOf({ bufferMin: 30, windows: daily('10:00', '11:00') });
    const at = (from: number, to: number): string | null =>
      refusal(sceneOf(calendar, overrides({ startsAt: before(from), endsAt: before(to) })), start);
    expect(at(HOUR, 0)).toBeNull();
    expect(at(HOUR, -1)).toBe(code);
    expect(at(-HOUR, -2 * HOUR)).toBeNull();
    expect(at(-HOUR + 1, -2 * HOUR)).toBe(code);
    expect(at(HOUR, -2 * HOUR)).toBe(code);
  });
});

describe('absences that hold one another', () => {
  it('last as long as the longest', () => {
    const timeOff = [
      interval('2026-05-04T13:00:00Z', '2026-05-04T14:00:00Z'),
      interval('2026-05-04T09:00:00Z', '2026-05-04T17:00:00Z'),
    ];
    const scene = sceneOf(calendarOf(), { timeOff });
    expect(startsOf(list(scene, '2026-05-04T00:00Z', '2026-05-05T00:00Z'))).toEqual([
      '2026-05-04T08:00Z',
      '2026-05-04T17:00Z',
    ]);
  });
});

describe('the order of the refusals', () => {
  const start = '2026-05-04T10:00:00Z';
  const hour = interval(start, '2026-05-04T11:00:00Z');

  /** Every check fails at once; each entry mends the first one left and names the refusal it uncovers. */
  const broken: SlotScene = {
    calendar: calendarOf({ minNoticeHours: 1, horizonDays: 0, windows: [] }),
    taken: [{ ...interval('2026-05-04T09:30:00Z', '2026-05-04T10:30:00Z'), taken: 1 }],
    elsewhere: [],
    timeOff: [hour],
    booker: {
      id: 'client',
      bookings: [
        { ...hour, bookingId: 'mine', coachId: COACH },
        { ...hour, bookingId: 'other', coachId: 'other' },
      ],
    },
    now: new Date(start),
  };

  it('is the order of the checks', () => {
    const now = new Date('2026-05-04T09:30:00Z');
    const open = { ...broken.calendar, windows: daily('08:00', '18:00') };
    const noticed = { ...open, minNoticeHours: 0 };
    const near = { ...noticed, horizonDays: 1 };
    const mended = { ...broken, now, calendar: near, timeOff: [] };
    const busy = { ...mended, booker: ownBooking(hour, { coachId: 'other' }) };
    const full = { ...mended, booker: null, taken: [{ ...hour, taken: 1 }] };
    const scenes: SlotScene[] = [
      broken,
      { ...broken, now },
      { ...broken, now, calendar: open },
      { ...broken, now, calendar: noticed },
      { ...broken, now, calendar: near },
      mended,
      busy,
      { ...busy, booker: null },
      full,
      { ...full, taken: [] },
    ];
    expect(scenes.map((scene) => refusal(scene, start))).toEqual([
      'slot_in_past',
      'slot_outside_availability',
      'notice_too_short',
      'beyond_booking_horizon',
      'coach_on_time_off',
      'duplicate_booking',
      'client_busy',
      'slot_unavailable',
      'slot_unavailable',
      null,
    ]);
  });

  it('spares the coach and the holder of an offer the availability, the notice and the horizon', () => {
    const calendar = calendarOf({
      minNoticeHours: 168,
      horizonDays: 0,
      windows: daily('08:00', '18:00', { maxSlots: 5 }),
    });
    const scene = sceneOf(calendar, { now: new Date('2026-05-04T09:00:00Z') });
    expect(refusal(scene, start)).toBe('notice_too_short');
    expect(ask(scene, start, 'offer_holder')).toEqual({ ok: true, capacity: 5, remaining: 5 });
    expect(ask(scene, '2026-05-04T19:00:00Z', 'offer_holder')).toEqual({ ok: true, capacity: 1, remaining: 1 });
    expect(ask(scene, start, 'coach')).toEqual({ ok: true, capacity: 5, remaining: 5 });
    expect(ask(scene, '2026-05-04T19:00:00Z', 'coach')).toEqual({ ok: true, capacity: 1, remaining: 1 });
    expect(ask(scene, '2026-05-04T10:07:00Z', 'coach')).toEqual({ ok: true, capacity: 1, remaining: 1 });
  });
});

describe('the seats', () => {
  const start = '2026-05-04T10:00:00Z';
  const hour = interval(start, '2026-05-04T11:00:00Z');
  const group = (maxSlots: number): CoachCalendar => calendarOf({ windows: daily('10:00', '11:00', { maxSlots }) });
  const slotsOf = (scene: SlotScene, durationMin = 60): unknown[] =>
    list(scene, '2026-05-04T00:00Z', '2026-05-05T00:00Z', durationMin).slots.map(
      ({ capacity, booked, remaining, status }) => [capacity, booked, remaining, status],
    );

  it('count down to last_place and full', () => {
    const at = (taken: number): unknown => slotsOf(sceneOf(group(3), { taken: [{ ...hour, taken }] }))[0];
    expect([0, 1, 2, 3].map(at)).toEqual([
      [3, 0, 3, 'available'],
      [3, 1, 2, 'available'],
      [3, 2, 1, 'last_place'],
      [3, 3, 0, 'full'],
    ]);
  });

  it('of a slot for one are never the last of several', () => {
    expect(slotsOf(sceneOf(group(1)))).toEqual([[1, 0, 1, 'available']]);
  });

  it('stay with those who have them when there are fewer, and with those for whom they are kept', () => {
    const lowered = sceneOf(group(2), { taken: [{ ...hour, taken: 4 }] });
    expect(slotsOf(lowered)).toEqual([[2, 4, 0, 'full']]);
    expect(ask(lowered, start, 'offer_holder')).toEqual({ ok: true, capacity: 5, remaining: 1 });
  });

  it('add up over the rows of a start', () => {
    const taken = [1, 1, 0].map((seats) => ({ ...hour, taken: seats }));
    expect(ask(sceneOf(group(3), { taken }), start)).toEqual({ ok: true, capacity: 3, remaining: 1 });
  });

  it('are shown to the client who has one, full or not', () => {
    const scene = sceneOf(group(1), { taken: [{ ...hour, taken: 1 }], booker: ownBooking(hour) });
    const { slots } = list(scene, '2026-05-04T00:00Z', '2026-05-05T00:00Z');
    expect(slots).toMatchObject([{ status: 'mine', myBookingId: 'mine', booked: 1, remaining: 0 }]);
    expect(refusal(scene, start)).toBe('duplicate_booking');
  });

  it('are full, not a collision, to the coach who looks at his own slots', () => {
    const booker = { ...ownBooking(hour), id: COACH };
    expect(slotsOf(sceneOf(group(1), { taken: [{ ...hour, taken: 1 }], booker }))).toEqual([[1, 1, 0, 'full']]);
  });

  it('are shared only by sessions of one length', () => {
    const scene = sceneOf(group(3), { taken: [{ ...hour, taken: 1 }] });
    expect(refusal(scene, start, 'client', 30)).toBe('slot_unavailable');
    expect(slotsOf(scene, 30)).toEqual([]);
    const offered = sceneOf(group(1), { taken: [{ ...hour, taken: 0 }] });
    expect(ask(offered, start, 'client', 30)).toEqual({ ok: true, capacity: 1, remaining: 1 });
  });

  it('keep the coach until the longest session of their start is over', () => {
    const earlier = ['10:30', '11:30', '11:00'].map((end) => interval('2026-05-04T09:00:00Z', `2026-05-04T${end}:00Z`));
    const scene = sceneOf(calendarOf(), { taken: earlier.map((at) => ({ ...at, taken: 1 })) });
    expect(refusal(scene, '2026-05-04T11:00:00Z')).toBe('slot_unavailable');
    expect(refusal(scene, '2026-05-04T12:00:00Z')).toBeNull();
  });

  it('offered to the booker elsewhere in the calendar still occupy the coach', () => {
    const taken = [{ ...interval('2026-05-04T10:30:00Z', '2026-05-04T11:30:00Z'), taken: 0 }];
    expect(refusal(sceneOf(group(1), { taken }), start)).toBe('slot_unavailable');
  });
});

describe('the starts taken away', () => {
  it('are told with the reason, except what only the caller causes', () => {
    const calendar = calendarOf({
      bufferMin: 60,
      minNoticeHours: 2,
      horizonDays: 1,
      windows: daily('00:00', '24:00'),
    });
    const scene = sceneOf(calendar, {
      now: new Date('2026-05-04T02:00:00Z'),
      timeOff: [interval('2026-05-04T06:30:00Z', '2026-05-04T07:00:00Z')],
      taken: [{ ...interval('2026-05-04T09:30:00Z', '2026-05-04T10:30:00Z'), taken: 1 }],
      elsewhere: [interval('2026-05-04T14:59:00Z', '2026-05-04T16:01:00Z')],
      booker: ownBooking(interval('2026-05-04T20:00:00Z', '2026-05-04T20:30:00Z'), { coachId: 'other' }),
    });
    const { slots, removed } = list(scene, '2026-05-04T00:00Z', '2026-05-05T04:01Z');
    expect(removed.map(({ startsAt, reason }) => `${startsAt.toISOString().slice(8, 16)} ${reason}`)).toEqual([
      '04T00:00 past',
      '04T02:00 past',
      '04T06:00 time_off',
      '04T08:00 buffer',
      '04T10:00 overlap',
      '04T14:00 overlap',
      '04T16:00 overlap',
      '05T04:00 horizon',
    ]);
    expect(slots.map(({ startsAt }) => startsAt.toISOString().slice(8, 16))).toEqual([
      '04T04:00',
      '04T12:00',
      '04T18:00',
      '04T22:00',
      '05T00:00',
      '05T02:00',
    ]);
    const late = list(
      { ...scene, now: new Date('2026-05-04T02:00:00.001Z') },
      '2026-05-04T04:00Z',
      '2026-05-04T05:00Z',
    );
    expect(late).toEqual({ slots: [], removed: [{ startsAt: new Date('2026-05-04T04:00:00Z'), reason: 'notice' }] });
  });
});
