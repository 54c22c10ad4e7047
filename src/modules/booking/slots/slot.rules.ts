import { DAY_MS, HOUR_MS, MINUTE_MS } from 'src/common/clock/durations';
import type { AvailabilityWindow } from 'src/modules/coach/coach.types';
import { BusyTimes, CoachAgenda } from './agenda.rules';
import { Grid } from './grid.rules';
import type {
  CoachCalendar,
  Interval,
  OwnBooking,
  Slot,
  SlotActor,
  SlotDecision,
  SlotListing,
  SlotRange,
  SlotRefusal,
  SlotRemoval,
  SlotRequest,
  SlotScene,
  SlotStatus,
  Standing,
} from './slot.types';

type Obstruction = Extract<SlotRemoval, 'time_off' | 'overlap' | 'buffer'>;

/** A refusal of checks 3 to 10; `obstruction` tells the owner more about 10. */
interface Objection {
  refusal: SlotRefusal;
  obstruction?: Obstruction;
}

const REMOVALS: Partial<Record<SlotRefusal, SlotRemoval>> = {
  slot_in_past: 'past',
  notice_too_short: 'notice',
  beyond_booking_horizon: 'horizon',
  coach_on_time_off: 'time_off',
};

/**
 * May this start be booked: checks 3 to 11 of rules §1.3, the first refusal wins (1 and 2 are the caller's). The same
 * checks make the list of slots, so a listed place is a bookable one.
 */
export function decide(scene: SlotScene, request: SlotRequest): SlotDecision {
  const start = request.startsAt.getTime();
  const end = start + request.durationMin * MINUTE_MS;
  // Before the zone is asked: it has no date for the earliest instants that a `Date` can hold.
  if (!(start > scene.now.getTime())) return { ok: false, refusal: 'slot_in_past' };
  const checks = new SlotChecks(scene);
  const window = new Grid(scene.calendar, start, start).windowAt(start, end);
  const objection = checks.objection(start, end, window, request.actor);
  if (objection) return { ok: false, refusal: objection.refusal };
  const taken = checks.agenda.takenAt(start);
  // A seat that is kept for somebody is his, also when the coach has fewer of them by now.
  const kept = request.actor === 'offer_holder' ? taken + 1 : 1;
  const capacity = Math.max(window?.maxSlots ?? 1, kept);
  const remaining = capacity - taken;
  return remaining > 0 ? { ok: true, capacity, remaining } : { ok: false, refusal: 'slot_unavailable' };
}

/** The slots of a range as a client sees them, and the starts taken away with the reason (rules §2.2.3-5). */
export function listSlots(scene: SlotScene, range: SlotRange): SlotListing {
  const from = range.from.getTime();
  const to = range.to.getTime();
  const duration = range.durationMin * MINUTE_MS;
  const checks = new SlotChecks(scene);
  const listing: SlotListing = { slots: [], removed: [] };
  for (const { start, window } of new Grid(scene.calendar, from, to).starts(from, to, duration)) {
    const end = start + duration;
    const objection = checks.objection(start, end, window, 'client');
    const mine = objection?.refusal === 'duplicate_booking' ? checks.ownAt(start) : undefined;
    if (!objection || mine) {
      listing.slots.push(slotOf(start, end, window.maxSlots, checks.agenda.takenAt(start), mine));
      continue;
    }
    const reason = objection.obstruction ?? REMOVALS[objection.refusal];
    if (reason) listing.removed.push({ startsAt: new Date(start), reason });
  }
  return listing;
}

/**
 * Checks 7 and 10 alone, for what else must find the coach free: confirming a request (T2, where an overlap counts and
 * the buffer does not) and offering a seat (rules §4). null = he is free.
 */
export function obstructionAt(
  scene: Pick<SlotScene, 'calendar' | 'taken' | 'elsewhere' | 'timeOff'>,
  startsAt: Date,
  durationMin: number,
): Obstruction | null {
  const start = startsAt.getTime();
  const end = start + durationMin * MINUTE_MS;
  const agenda = new CoachAgenda(scene);
  return agenda.isOff(start, end) ? 'time_off' : agenda.obstacle(start, end);
}

/** Seats of the slot that starts then (check 4 of rules §1.3), or null when the coach offers none at that time. */
export function seatsAt(calendar: CoachCalendar, startsAt: Date, durationMin: number): number | null {
  const start = startsAt.getTime();
  return new Grid(calendar, start, start).windowAt(start, start + durationMin * MINUTE_MS)?.maxSlots ?? null;
}

/**
 * How a start would be given to the next one who waits for it.
 *
 * @param formerMin the length that the session once had, for a start that is neither offered nor taken
 */
export function standingAt(scene: SlotScene, startsAt: Date, formerMin: number): Standing {
  const { calendar } = scene;
  const isHere = (other: Interval): boolean => other.startsAt.getTime() === startsAt.getTime();
  const here = scene.taken.filter((taken) => isHere(taken) && taken.taken > 0);
  const isOffered = seatsAt(calendar, startsAt, calendar.sessionDurationMin) !== null;
  const [session] = here;
  const ownMin = isOffered ? calendar.sessionDurationMin : formerMin;
  const durationMin = session ? (session.endsAt.getTime() - startsAt.getTime()) / MINUTE_MS : ownMin;
  return {
    isOffered,
    durationMin,
    capacity: seatsAt(calendar, startsAt, durationMin) ?? 1,
    taken: here.reduce((sum, { taken }) => sum + taken, 0),
    obstruction: obstructionAt(scene, startsAt, durationMin),
    isMine: scene.booker?.bookings.some((own) => own.coachId === calendar.coachId && isHere(own)) ?? false,
  };
}

/** Checks 3 to 10 over a scene prepared once. Epoch milliseconds. */
class SlotChecks {
  readonly agenda: CoachAgenda;
  private readonly calendar: CoachCalendar;
  private readonly now: number;
  private readonly own: BusyTimes;
  private readonly ownStarts = new Map<number, OwnBooking>();

  constructor(scene: SlotScene) {
    const { calendar, booker } = scene;
    // The coach looking at his own slots is not a client of them: his sessions are full seats, not a collision.
    const bookings = booker && booker.id !== calendar.coachId ? booker.bookings : [];
    this.calendar = calendar;
    this.now = scene.now.getTime();
    this.agenda = new CoachAgenda(scene);
    this.own = new BusyTimes(bookings);
    for (const booking of bookings)
      if (booking.coachId === calendar.coachId) this.ownStarts.set(booking.startsAt.getTime(), booking);
  }

  ownAt(start: number): OwnBooking | undefined {
    return this.ownStarts.get(start);
  }

  /** The first refusal, or null when only the seats are left to count. */
  objection(start: number, end: number, window: AvailabilityWindow | null, actor: SlotActor): Objection | null {
    if (start <= this.now) return { refusal: 'slot_in_past' };
    if (actor === 'client') {
      if (!window) return { refusal: 'slot_outside_availability' };
      if (start < this.now + this.calendar.minNoticeHours * HOUR_MS) return { refusal: 'notice_too_short' };
      if (start > this.now + (window.horizonDays ?? this.calendar.horizonDays) * DAY_MS)
        return { refusal: 'beyond_booking_horizon' };
    }
    if (this.agenda.isOff(start, end)) return { refusal: 'coach_on_time_off' };
    if (this.ownStarts.has(start)) return { refusal: 'duplicate_booking' };
    if (this.own.overlaps(start, end)) return { refusal: 'client_busy' };
    const obstruction = this.agenda.obstacle(start, end);
    return obstruction && { refusal: 'slot_unavailable', obstruction };
  }
}

function slotOf(start: number, end: number, capacity: number, booked: number, mine: OwnBooking | undefined): Slot {
  const remaining = Math.max(0, capacity - booked);
  return {
    startsAt: new Date(start),
    endsAt: new Date(end),
    durationMin: (end - start) / MINUTE_MS,
    capacity,
    booked,
    remaining,
    status: statusOf(capacity, remaining, mine !== undefined),
    myBookingId: mine?.bookingId ?? null,
  };
}

function statusOf(capacity: number, remaining: number, isMine: boolean): SlotStatus {
  if (isMine) return 'mine';
  if (remaining === 0) return 'full';
  return remaining === 1 && capacity > 1 ? 'last_place' : 'available';
}
