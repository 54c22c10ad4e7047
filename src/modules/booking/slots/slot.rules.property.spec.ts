import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { AvailabilityWindow } from 'src/modules/coach/coach.types';
import { decide, listSlots, obstructionAt, seatsAt } from './slot.rules';
import type {
  Booker,
  OwnBooking,
  SlotActor,
  SlotDecision,
  SlotListing,
  SlotRange,
  SlotRefusal,
  SlotRemoval,
  SlotScene,
  TakenStart,
} from './slot.types';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const RANGE_DAYS = 2;

/** Zone and a day in the middle of the range: both clock changes of each zone, ordinary days, zones without changes. */
const PLACES = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  // Clocks change at midnight: one day begins at 01:00, another has its last hour twice.
  ['America/Santiago', '2026-09-06'],
  ['America/Santiago', '2026-04-05'],
  // Clocks went back from 00:01 to 23:01 of the day before, and a whole day was left out.
  ['America/St_Johns', '2009-11-01'],
  ['Pacific/Apia', '2011-12-30'],
  ['Europe/Paris', '2026-07-15'],
  ['UTC', '2026-03-01'],
  ['Asia/Kathmandu', '2026-12-31'],
] as const;

/**
 * An oracle that shares nothing with the rules but their text: the wall reading of every minute as a string, one by
 * one, and plain searches through them.
 */
class Oracle {
  readonly from: number;
  readonly to: number;
  /** Local reading 'YYYY-MM-DDTHH:MM' → the first minute that shows it. */
  private readonly firstMinute = new Map<string, number>();
  /** Minutes that show a reading for the second time. */
  readonly repeats: number[] = [];
  private readonly readings: { at: number; wall: string; weekday: number }[] = [];
  private readonly minutes = new Map<number, { wall: string; weekday: number }>();
  private readonly closings = new Map<string, number>();

  constructor(timezone: string, day: string) {
    this.from = Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds - DAY / 2;
    this.to = this.from + RANGE_DAYS * DAY;
    for (let at = this.from - DAY / 4; at < this.to + 1.5 * DAY; at += MINUTE) {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
      const wall = local.toString().slice(0, 16);
      const reading = { at, wall, weekday: local.dayOfWeek - 1 };
      this.readings.push(reading);
      this.minutes.set(at, reading);
      if (this.firstMinute.has(wall)) {
        this.repeats.push(at);
      } else {
        this.firstMinute.set(wall, at);
      }
    }
  }

  windowAt(scene: SlotScene, start: number, end: number): AvailabilityWindow | undefined {
    const minute = this.minutes.get(start);
    if (!minute || this.firstMinute.get(minute.wall) !== start) {
      return undefined;
    }
    const { windows, sessionDurationMin, bufferMin } = scene.calendar;
    return windows.find((window) => {
      if (!window.active || window.dayOfWeek !== minute.weekday) {
        return false;
      }
      const [date = '', time = ''] = minute.wall.split('T');
      const times = gridTimes(window.startMinute, window.endMinute, sessionDurationMin + bufferMin);
      return times.has(time) && end <= this.closing(`${date}T${clockTime(window.endMinute)}`);
    });
  }

  /** The first minute whose reading is not before that one. */
  private closing(reading: string): number {
    const known = this.closings.get(reading);
    if (known !== undefined) {
      return known;
    }
    const closing = this.readings.find(({ wall }) => wall >= reading)?.at ?? NaN;
    this.closings.set(reading, closing);
    return closing;
  }

  /** The first refusal in the order of the rules' table, and what the owner is told of it. */
  judge(
    scene: SlotScene,
    start: number,
    durationMin: number,
    actor: SlotActor,
  ): { refusal?: SlotRefusal; told?: SlotRemoval; capacity: number; booked: number } {
    const { calendar, booker } = scene;
    const now = scene.now.getTime();
    const end = start + durationMin * MINUTE;
    const buffer = calendar.bufferMin * MINUTE;
    const window = this.windowAt(scene, start, end);
    const here = scene.taken.filter(({ startsAt }) => startsAt.getTime() === start);
    const others = scene.taken.filter(({ startsAt }) => startsAt.getTime() !== start);
    const own = booker && booker.id !== calendar.coachId ? booker.bookings : [];
    const asClientHere = own.filter((b) => b.coachId === calendar.coachId);
    const touches = (list: readonly { startsAt: Date; endsAt: Date }[], margin: number): boolean =>
      list.some((i) => i.startsAt.getTime() < end + margin && i.endsAt.getTime() + margin > start);

    const offered = window ? window.maxSlots : 1;
    const booked = here.reduce((sum, { taken }) => sum + taken, 0);
    // What is kept for somebody is a place, whatever the coach offers by now.
    const capacity = actor === 'offer_holder' && booked >= offered ? booked + 1 : offered;
    const refuse = (refusal: SlotRefusal, told?: SlotRemoval) => ({ refusal, told, capacity, booked });
    if (start <= now) {
      return refuse('slot_in_past', 'past');
    }
    if (actor === 'client' && !window) {
      return refuse('slot_outside_availability');
    }
    if (actor === 'client' && start - now < calendar.minNoticeHours * 60 * MINUTE) {
      return refuse('notice_too_short', 'notice');
    }
    if (actor === 'client' && start - now > (window?.horizonDays ?? calendar.horizonDays) * DAY) {
      return refuse('beyond_booking_horizon', 'horizon');
    }
    if (touches(scene.timeOff, 0)) {
      return refuse('coach_on_time_off', 'time_off');
    }
    if (asClientHere.some(({ startsAt }) => startsAt.getTime() === start)) {
      return refuse('duplicate_booking');
    }
    if (touches(own, 0)) {
      return refuse('client_busy');
    }
    const isOtherLength = here.some(({ taken, endsAt }) => taken > 0 && endsAt.getTime() !== end);
    if (touches(others, 0) || touches(scene.elsewhere, 0) || isOtherLength) {
      return refuse('slot_unavailable', 'overlap');
    }
    if (touches(others, buffer)) {
      return refuse('slot_unavailable', 'buffer');
    }
    return booked < capacity ? { capacity, booked } : refuse('slot_unavailable');
  }

  decision(scene: SlotScene, start: number, durationMin: number, actor: SlotActor): SlotDecision {
    const { refusal, capacity, booked } = this.judge(scene, start, durationMin, actor);
    return refusal ? { ok: false, refusal } : { ok: true, capacity, remaining: capacity - booked };
  }

  listing(scene: SlotScene, { from, to, durationMin }: SlotRange): SlotListing {
    const listing: SlotListing = { slots: [], removed: [] };
    const first = Math.ceil(from.getTime() / MINUTE) * MINUTE;
    for (let at = first; at < to.getTime(); at += MINUTE) {
      const startsAt = new Date(at);
      const endsAt = new Date(at + durationMin * MINUTE);
      if (!this.windowAt(scene, at, endsAt.getTime())) {
        continue;
      }
      const { refusal, told, capacity, booked } = this.judge(scene, at, durationMin, 'client');
      const mine = scene.booker?.bookings.find(
        (b) => b.coachId === scene.calendar.coachId && b.startsAt.getTime() === at,
      );
      const isFull = refusal === 'slot_unavailable' && !told;
      if (refusal && refusal !== 'duplicate_booking' && !isFull) {
        listing.removed.push(...(told ? [{ startsAt, reason: told }] : []));
        continue;
      }
      const remaining = booked < capacity ? capacity - booked : 0;
      const free = remaining === 1 && capacity > 1 ? 'last_place' : 'available';
      const status = refusal === 'duplicate_booking' ? 'mine' : remaining === 0 ? 'full' : free;
      const myBookingId = status === 'mine' ? (mine?.bookingId ?? null) : null;
      listing.slots.push({ startsAt, endsAt, durationMin, capacity, booked, remaining, status, myBookingId });
    }
    return listing;
  }
}

const knownTimes = new Map<string, Set<string>>();

function gridTimes(startMinute: number, endMinute: number, step: number): Set<string> {
  const key = `${startMinute} ${endMinute} ${step}`;
  const known = knownTimes.get(key);
  if (known) {
    return known;
  }
  const times = new Set<string>();
  for (let minute = startMinute; minute < endMinute; minute += step) {
    times.add(clockTime(minute));
  }
  knownTimes.set(key, times);
  return times;
}

/** The whole grid of a range, whatever happens on it. */
function openStarts({ calendar }: SlotScene, range: SlotRange): number[] {
  const windows = calendar.windows.map((window) => ({ ...window, horizonDays: 365 }));
  const open = { calendar: { ...calendar, minNoticeHours: 0, windows }, taken: [], elsewhere: [], timeOff: [] };
  const { slots } = listSlots({ ...open, booker: null, now: new Date(range.from.getTime() - DAY) }, range);
  return slots.map(({ startsAt }) => startsAt.getTime());
}

function clockTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

interface World {
  oracle: Oracle;
  scene: SlotScene;
  range: SlotRange;
  /** Minute of the range from which every minute is probed. */
  probe: number;
}

const oracles = new Map<string, Oracle>();

function oracleOf(timezone: string, day: string): Oracle {
  const key = `${timezone} ${day}`;
  const oracle = oracles.get(key) ?? new Oracle(timezone, day);
  oracles.set(key, oracle);
  return oracle;
}

const COACH = 'coach';
const quarters = (max: number): fc.Arbitrary<number> => fc.nat({ max: max * 4 }).map((n) => n * 15);

/** Up to three ranges of a day that do not overlap, denser in the small hours where clocks change. */
const dayWindows = fc.uniqueArray(fc.oneof(quarters(5), quarters(24)), { minLength: 2, maxLength: 6 }).chain((cuts) => {
  const sorted = [...cuts].sort((a, b) => a - b);
  const pairs = sorted.flatMap((startMinute, i) => {
    const endMinute = sorted[i + 1];
    return i % 2 === 0 && endMinute !== undefined ? [{ startMinute, endMinute }] : [];
  });
  return fc.tuple(
    ...pairs.map((pair) =>
      fc.record({
        startMinute: fc.constant(pair.startMinute),
        endMinute: fc.constant(pair.endMinute),
        maxSlots: fc.constantFrom(1, 1, 2, 5),
        horizonDays: fc.constantFrom(null, null, 1, 3, 30),
        active: fc.constantFrom(true, true, true, false),
      }),
    ),
  );
});

const week: fc.Arbitrary<AvailabilityWindow[]> = fc
  .array(dayWindows, { minLength: 7, maxLength: 7 })
  .map((days) => days.flatMap((windows, dayOfWeek) => windows.map((window) => ({ ...window, dayOfWeek }))))
  .map((windows) => windows.reverse());

const scattered: fc.Arbitrary<World> = fc.constantFrom(...PLACES).chain(([timezone, day]) => {
  const oracle = oracleOf(timezone, day);
  // Mostly on the quarter hours the grids are made of, so that things meet and touch; sometimes to the millisecond.
  const instant = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.integer({ min: -8, max: RANGE_DAYS * 96 + 8 }).map((n) => oracle.from + n * 15 * MINUTE),
    },
    { weight: 1, arbitrary: fc.integer({ min: oracle.from, max: oracle.to }) },
  );
  const length = fc.constantFrom(15, 30, 45, 60, 60, 60, 120).map((minutes) => minutes * MINUTE);
  const interval = fc.tuple(instant, length).map(([at, ms]) => ({ startsAt: new Date(at), endsAt: new Date(at + ms) }));
  // Long ones hold short ones: what begins last is not what ends last.
  const absence = fc
    .tuple(instant, fc.constantFrom(5, 30, 60, 300))
    .map(([at, minutes]) => ({ startsAt: new Date(at), endsAt: new Date(at + minutes * MINUTE) }));
  const taken: fc.Arbitrary<TakenStart> = fc
    .tuple(interval, fc.constantFrom(0, 1, 1, 2, 4))
    .map(([at, seats]) => ({ ...at, taken: seats }));
  const own: fc.Arbitrary<OwnBooking> = fc
    .tuple(interval, fc.uuid(), fc.constantFrom(COACH, COACH, 'client', 'other'))
    .map(([at, bookingId, coachId]) => ({ ...at, bookingId, coachId }));
  const booker: fc.Arbitrary<Booker | null> = fc.option(
    fc.record({
      id: fc.constantFrom('client', 'client', 'client', COACH),
      bookings: fc.uniqueArray(own, { maxLength: 4, selector: ({ startsAt }) => startsAt.getTime() }),
    }),
  );
  return fc.record({
    oracle: fc.constant(oracle),
    probe: fc.nat({ max: RANGE_DAYS * 1440 }),
    range: fc.record({
      from: instant.map((at) => new Date(Math.min(at, oracle.from + DAY))),
      to: instant.map((at) => new Date(Math.max(at, oracle.to - DAY))),
      durationMin: fc.constantFrom(15, 30, 45, 60, 60, 60, 120),
    }),
    scene: fc.record({
      calendar: fc.record({
        coachId: fc.constant(COACH),
        timezone: fc.constant<string>(timezone),
        sessionDurationMin: fc.constantFrom(15, 30, 45, 60, 60, 60, 120),
        bufferMin: fc.constantFrom(0, 0, 5, 15, 30),
        minNoticeHours: fc.constantFrom(0, 0, 1, 12, 168),
        horizonDays: fc.constantFrom(1, 2, 30, 30),
        windows: week,
      }),
      taken: fc.array(taken, { maxLength: 12 }),
      elsewhere: fc.array(absence, { maxLength: 3 }),
      timeOff: fc.array(absence, { maxLength: 3 }),
      booker,
      now: fc.oneof(
        instant.map((at) => new Date(at)),
        fc.integer({ min: oracle.from - 2 * DAY, max: oracle.from }).map((at) => new Date(at)),
      ),
    }),
  });
});

/** Half of the seats taken and some bookings of the booker lie on the grid itself, where chance alone seldom puts them. */
const world: fc.Arbitrary<World> = fc
  .tuple(scattered, fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2, 4), fc.nat({ max: 3 })), { maxLength: 8 }))
  .map(([base, picks]) => {
    const { scene, range } = base;
    const grid = openStarts(scene, range);
    const taken = [...scene.taken];
    const bookings = [...(scene.booker?.bookings ?? [])];
    for (const [pick, seats, dice] of picks) {
      const start = grid[pick % Math.max(1, grid.length)];
      if (start !== undefined) {
        const at = { startsAt: new Date(start), endsAt: new Date(start + range.durationMin * MINUTE) };
        taken.push({ ...at, taken: seats });
        if (dice === 0 && !bookings.some(({ startsAt }) => startsAt.getTime() === start)) {
          bookings.push({ ...at, bookingId: `on the grid ${pick}`, coachId: COACH });
        }
      }
    }
    return { ...base, scene: { ...scene, taken, booker: scene.booker && { ...scene.booker, bookings } } };
  });

describe('slot rules, whatever the schedule, the zone and the day', () => {
  it('lists exactly what a minute by minute reading of the rules lists', () => {
    fc.assert(
      fc.property(world, ({ oracle, scene, range }) => {
        expect(listSlots(scene, range)).toEqual(oracle.listing(scene, range));
      }),
      { numRuns: 100 },
    );
  });

  it('accepts every listed place and refuses every other start with its reason', () => {
    fc.assert(
      fc.property(world, ({ oracle, scene, range, probe }) => {
        const { durationMin } = range;
        const bookable = new Set<number>();
        for (const slot of listSlots(scene, range).slots) {
          const decision = decide(scene, { startsAt: slot.startsAt, durationMin, actor: 'client' });
          if (slot.status === 'available' || slot.status === 'last_place') {
            bookable.add(slot.startsAt.getTime());
            expect(decision).toEqual({ ok: true, capacity: slot.capacity, remaining: slot.remaining });
          } else {
            const refusal = slot.status === 'mine' ? 'duplicate_booking' : 'slot_unavailable';
            expect(decision).toEqual({ ok: false, refusal });
          }
        }
        const first = oracle.from + probe * MINUTE;
        const wrong: unknown[] = [];
        for (const at of [...oracle.repeats, ...Array.from({ length: 180 }, (_, i) => first + i * MINUTE)]) {
          for (const start of at % (15 * MINUTE) === 0 ? [at, at + 30_000, at + 1, at - 1] : [at]) {
            const decision = decide(scene, { startsAt: new Date(start), durationMin, actor: 'client' });
            const expected = oracle.decision(scene, start, durationMin, 'client');
            const isListed = bookable.has(start) || start < range.from.getTime() || start >= range.to.getTime();
            if (JSON.stringify(decision) !== JSON.stringify(expected) || (decision.ok && !isListed)) {
              wrong.push({ at: new Date(start).toISOString(), decision, expected, isListed });
            }
          }
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('holds the coach and the holder of an offer to their own checks', () => {
    fc.assert(
      fc.property(world, ({ oracle, scene, range, probe }) => {
        const { durationMin } = range;
        const first = oracle.from + probe * MINUTE;
        const grid = openStarts(scene, range);
        for (const start of [...grid, first, first + 1, first + 15 * MINUTE, first + 30 * MINUTE]) {
          for (const actor of ['coach', 'offer_holder'] as const) {
            expect(decide(scene, { startsAt: new Date(start), durationMin, actor })).toEqual(
              oracle.decision(scene, start, durationMin, actor),
            );
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('is exact to the millisecond at every limit', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.integer({ min: -1, max: 1 }), ({ oracle, scene, range }, pick, shift) => {
        const { calendar } = scene;
        const { durationMin } = range;
        const grid = openStarts(scene, range);
        const start = grid[pick % Math.max(1, grid.length)];
        if (start === undefined) {
          return;
        }
        const end = start + durationMin * MINUTE;
        const buffer = calendar.bufferMin * MINUTE;
        const horizon = oracle.windowAt(scene, start, end)?.horizonDays ?? calendar.horizonDays;
        const alone: SlotScene = { ...scene, taken: [], elsewhere: [], timeOff: [], booker: null };
        const interval = (from: number, to: number) => ({
          startsAt: new Date(from + shift),
          endsAt: new Date(to + shift),
        });
        const around = (margin: number) => [
          interval(start - margin - 45 * MINUTE, start - margin),
          interval(end + margin, end + margin + 45 * MINUTE),
        ];
        const scenes = [
          ...[0, calendar.minNoticeHours * 60 * MINUTE, horizon * DAY].map((lead) => ({
            ...alone,
            now: new Date(start - lead + shift),
          })),
          ...around(buffer).map((at) => ({ ...alone, taken: [{ ...at, taken: 1 }] })),
          ...around(0).map((at) => ({ ...alone, taken: [{ ...at, taken: 1 }] })),
          ...around(0).map((at) => ({ ...alone, elsewhere: [at] })),
          ...around(0).map((at) => ({ ...alone, timeOff: [at] })),
        ];
        const listed: SlotRange = { from: new Date(start), to: new Date(start + 1), durationMin };
        for (const near of scenes) {
          for (const actor of ['client', 'coach', 'offer_holder'] as const) {
            expect(decide(near, { startsAt: new Date(start), durationMin, actor })).toEqual(
              oracle.decision(near, start, durationMin, actor),
            );
          }
          expect(listSlots(near, listed)).toEqual(oracle.listing(near, listed));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('tells the seats of a start and what obstructs it as the decision does', () => {
    fc.assert(
      fc.property(world, ({ oracle, scene, range: { durationMin }, probe }) => {
        const alone = { ...scene, booker: null, now: new Date(0) };
        for (let at = oracle.from + probe * MINUTE, i = 0; i < 60; at += 5 * MINUTE, i++) {
          const start = new Date(at);
          const seats = oracle.windowAt(scene, at, at + durationMin * MINUTE)?.maxSlots ?? null;
          expect(seatsAt(scene.calendar, start, durationMin)).toBe(seats);
          expect(obstructionAt(scene, start, durationMin)).toBe(
            oracle.judge(alone, at, durationMin, 'coach').told ?? null,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never lets a sequence of accepted bookings overlap at two starts or exceed the seats', () => {
    fc.assert(
      fc.property(world, fc.array(fc.nat(), { maxLength: 40 }), ({ oracle, scene, range }, picks) => {
        const { bufferMin } = scene.calendar;
        const day = { ...range, from: new Date(oracle.from), to: new Date(oracle.to) };
        const empty: SlotScene = { ...scene, taken: [], booker: null, now: new Date(oracle.from - DAY) };
        const grid = listSlots(empty, day).slots;
        const taken: TakenStart[] = [];
        for (const pick of picks) {
          const slot = grid[pick % Math.max(1, grid.length)];
          if (slot && decide({ ...empty, taken }, { ...day, startsAt: slot.startsAt, actor: 'client' }).ok) {
            taken.push({ startsAt: slot.startsAt, endsAt: slot.endsAt, taken: 1 });
          }
        }
        for (const { startsAt, endsAt, capacity } of grid) {
          const here = taken.filter((t) => t.startsAt.getTime() === startsAt.getTime());
          const latest = endsAt.getTime() + bufferMin * MINUTE;
          expect(here.length).toBeLessThanOrEqual(capacity);
          if (here.length > 0) {
            const tooClose = (t: TakenStart): boolean => t.startsAt > startsAt && t.startsAt.getTime() < latest;
            expect(taken.filter(tooClose)).toEqual([]);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('puts nobody out when the seats are lowered, and keeps the counts consistent', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 3 }), ({ scene, range }, maxSlots) => {
        const windows = scene.calendar.windows.map((window) => ({ ...window, maxSlots }));
        const before = listSlots(scene, range);
        const lowered = listSlots({ ...scene, calendar: { ...scene.calendar, windows } }, range);
        const bookedOf = ({ slots }: SlotListing): [Date, number][] => slots.map((s) => [s.startsAt, s.booked]);
        expect(bookedOf(lowered)).toEqual(bookedOf(before));
        expect(lowered.removed).toEqual(before.removed);
        for (const { capacity, booked, remaining, status } of lowered.slots) {
          expect(capacity).toBe(maxSlots);
          expect(remaining).toBe(Math.max(0, capacity - booked));
          expect(status === 'last_place' && capacity === 1).toBe(false);
          expect(status === 'full').toBe(remaining === 0 && status !== 'mine');
        }
      }),
      { numRuns: 80 },
    );
  });
});
