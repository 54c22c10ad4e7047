import type { AvailabilityWindow, CoachSchedule } from 'src/modules/coach/coach.types';

/**
 * Shapes of the slot rules (rules §1.3, §2.2). Instants are `Date` at this edge, because rows and answers carry them;
 * inside, the rules compute on epoch milliseconds: comparing and searching numbers costs no allocation.
 */

/** What a coach decided about time: profile settings and availability. */
export type CoachCalendar = Pick<
  CoachSchedule,
  'coachId' | 'timezone' | 'sessionDurationMin' | 'bufferMin' | 'minNoticeHours' | 'horizonDays'
> & { windows: readonly AvailabilityWindow[] };

/** Half-open `[startsAt, endsAt)`. */
export interface Interval {
  startsAt: Date;
  endsAt: Date;
}

/**
 * Sessions of the coach at one start, seen by the booker: active bookings and running offers. Several rows of one start
 * add up, in any order.
 */
export interface TakenStart extends Interval {
  /**
   * Active bookings + offers to others. 0 = only an offer to the booker himself: it takes no seat from him at its own
   * start, and keeps the starts around it closed like any other session of the coach.
   */
  taken: number;
}

/** An active booking of the booker: as client of any coach, or as the coach himself. */
export interface OwnBooking extends Interval {
  bookingId: string;
  /** The coach of that booking; the booker's own id when he coaches it. */
  coachId: string;
}

/** Who wants the seat: the client, also when the coach makes the booking for him. */
export interface Booker {
  id: string;
  bookings: readonly OwnBooking[];
}

/**
 * Everything the rules look at, in any order; what does not touch the instants asked (widened by the buffer) may be
 * left out. A booking being moved is left out of `taken` and of `booker.bookings` (rules §1.5).
 */
export interface SlotScene {
  calendar: CoachCalendar;
  taken: readonly TakenStart[];
  /** Active bookings of the coach as somebody else's client. */
  elsewhere: readonly Interval[];
  timeOff: readonly Interval[];
  /** null or the coach himself: nobody's own bookings count, checks 8 and 9 do not apply. */
  booker: Booker | null;
  now: Date;
}

/** `offer_holder` takes the seat that the waitlist keeps for him, so checks 4, 5, 6 and 11 are behind him. */
export type SlotActor = 'client' | 'coach' | 'offer_holder';

export interface SlotRequest {
  startsAt: Date;
  durationMin: number;
  actor: SlotActor;
}

/** Refusals of checks 3 to 11 of rules §1.3, in their order; `slot_unavailable` stands for both 10 and 11. */
export type SlotRefusal =
  | 'slot_in_past'
  | 'slot_outside_availability'
  | 'notice_too_short'
  | 'beyond_booking_horizon'
  | 'coach_on_time_off'
  | 'duplicate_booking'
  | 'client_busy'
  | 'slot_unavailable';

/** `remaining` counts the seats before this booking, so it is at least 1. */
export type SlotDecision = { ok: true; capacity: number; remaining: number } | { ok: false; refusal: SlotRefusal };

export type SlotStatus = 'available' | 'last_place' | 'full' | 'mine';

export type SlotRemoval = 'past' | 'notice' | 'horizon' | 'time_off' | 'buffer' | 'overlap';

export interface Slot extends Interval {
  durationMin: number;
  capacity: number;
  /** Active bookings + offers to others. */
  booked: number;
  /** max(0, capacity − booked). */
  remaining: number;
  status: SlotStatus;
  /** Set exactly when the status is `mine`. */
  myBookingId: string | null;
}

export interface SlotListing {
  /** By start. */
  slots: Slot[];
  /** Starts of the grid that are not listed, by start; those hidden by the caller's own bookings are not told. */
  removed: { startsAt: Date; reason: SlotRemoval }[];
}

/** What a queue must know of a start: how it would be given to the next one. */
export interface Standing {
  /** The coach offers his ordinary session then. */
  isOffered: boolean;
  /** Of the sessions that are there, else of the coach's ordinary one, else as it was once. */
  durationMin: number;
  capacity: number;
  /** Active bookings + offers to others. */
  taken: number;
  /** Checks 7 and 10 of rules §1.3. */
  obstruction: Extract<SlotRemoval, 'time_off' | 'overlap' | 'buffer'> | null;
  /** The booker has an active booking there. */
  isMine: boolean;
}

/** A seat that is kept for somebody of the waitlist. */
export interface KeptSeat extends Interval {
  entryId: string;
  /** That instant included. */
  heldUntil: Date;
}

/** What was asked of the slots; instants or dates as the wire writes them. */
export interface SlotListQuery {
  from?: string;
  to?: string;
  pricing_type?: string;
  duration_min?: number;
  explain: boolean;
}

/** Starts in `[from, to)`; the duration is the coach's, or the discovery's. */
export interface SlotRange {
  from: Date;
  to: Date;
  durationMin: number;
}
