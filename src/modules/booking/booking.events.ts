import { DomainEvent } from 'src/common/events/domain-event';
import type { BookingStatus, BookingType, Part } from './booking.state';

/** What every fact of a booking tells: ids and plain values, enough to word a message without reading the row. */
export interface BookingFact {
  bookingId: string;
  clientId: string;
  coachId: string;
  type: BookingType;
  /** Its status before the act; null for a new one. */
  previousStatus: BookingStatus | null;
  scheduledAt: Date;
  durationMin: number;
  /** Where it takes place, when a gym was named. */
  gymName: string | null;
  /** IANA name of the coach's zone. */
  coachTimezone: string;
  at: Date;
}

abstract class BookingEvent extends DomainEvent {
  constructor(readonly booking: BookingFact) {
    super();
  }
}

/** T1: a client asks; the coach has until `expiresAt` to answer. */
export class BookingRequested extends BookingEvent {
  readonly name = 'booking.requested.v1';
  /** @param sessionsRemaining of the client's active packages with this coach; null when no package pays */
  constructor(
    booking: BookingFact,
    readonly expiresAt: Date,
    readonly sessionsRemaining: number | null = null,
  ) {
    super(booking);
  }
}

/** T2: the coach said yes. Or T1c: he made the booking himself, and nobody was asked. */
export class BookingConfirmed extends BookingEvent {
  readonly name = 'booking.confirmed.v1';
}

/** T3: the coach said no. */
export class BookingRejected extends BookingEvent {
  readonly name = 'booking.rejected.v1';
  constructor(
    booking: BookingFact,
    readonly reason: string | null,
  ) {
    super(booking);
  }
}

/** T4: nobody answered in time. */
export class BookingAutoRejected extends BookingEvent {
  readonly name = 'booking.auto-rejected.v1';
}

/** T5, T6: the client withdrew in time. */
export class BookingCancelledByClient extends BookingEvent {
  readonly name = 'booking.cancelled-by-client.v1';
}

/** T7: the client withdrew late; the session is due, or the coach decides. */
export class BookingCancelledLate extends BookingEvent {
  readonly name = 'booking.cancelled-late.v1';
  /** @param penaltyDue false: nothing is taken until the coach decides */
  constructor(
    booking: BookingFact,
    readonly penaltyDue: boolean,
  ) {
    super(booking);
  }
}

/** T8, T9: the coach cancelled. */
export class BookingCancelledByCoach extends BookingEvent {
  readonly name = 'booking.cancelled-by-coach.v1';
  constructor(
    booking: BookingFact,
    readonly reason: string | null,
  ) {
    super(booking);
  }
}

/** The session as it was before it moved. */
export interface FormerSession {
  bookingId: string;
  scheduledAt: Date;
  status: BookingStatus;
}

/**
 * One party moved the session (rules §1.5): `booking` is the new one, the old one is cancelled without a message of its
 * own. Moved by the client it waits for the coach until `expiresAt`; moved by the coach it is confirmed.
 */
export class BookingMoved extends BookingEvent {
  readonly name = 'booking.moved.v1';
  constructor(
    booking: BookingFact,
    readonly previous: FormerSession,
    readonly by: Part,
    readonly reason: string | null,
    readonly expiresAt: Date | null,
  ) {
    super(booking);
  }
}

/** T10: the coach says that it took place. */
export class BookingDone extends BookingEvent {
  readonly name = 'booking.done.v1';
}

/** T13: two days after its end nobody had said anything, so it counts as done; the coach has 7 days to correct it. */
export class BookingAutoDone extends BookingEvent {
  readonly name = 'booking.auto-done.v1';
}

/** T11, T14: the client did not come. */
export class BookingNoShow extends BookingEvent {
  readonly name = 'booking.no-show.v1';
  /** @param penaltyDue the booking's policy says that it is due */
  constructor(
    booking: BookingFact,
    readonly penaltyDue: boolean,
  ) {
    super(booking);
  }
}

/** The coach decided that a late cancellation or a no-show counts. */
export class PenaltyApplied extends BookingEvent {
  readonly name = 'booking.penalty-applied.v1';
}

/** Nothing is due any more: the coach waived it, or left it undecided for 30 days. */
export class PenaltyWaived extends BookingEvent {
  readonly name = 'booking.penalty-waived.v1';
  constructor(
    booking: BookingFact,
    readonly by: 'coach' | 'system',
    readonly reason: string | null,
  ) {
    super(booking);
  }
}

/** In two hours or less a request lapses that its coach has not answered. */
export class AnswerReminderDue extends BookingEvent {
  readonly name = 'booking.answer-reminder-due.v1';
  constructor(
    booking: BookingFact,
    readonly expiresAt: Date,
  ) {
    super(booking);
  }
}

/** A confirmed session comes: in a day or less, or in an hour or less. */
export class SessionReminderDue extends BookingEvent {
  readonly name = 'booking.session-reminder-due.v1';
  constructor(
    booking: BookingFact,
    readonly ahead: 'day' | 'hour',
  ) {
    super(booking);
  }
}

/** A client has a seat of this start now, however he got it: he waits for none any more. */
export class SeatTaken extends BookingEvent {
  readonly name = 'booking.seat-taken.v1';
}

/** A seat that can still be taken is free again, whoever freed it. */
export class SeatReleased extends BookingEvent {
  readonly name = 'booking.seat-released.v1';
}

/** One act has freed seats of many sessions of a coach: told once, instead of a `SeatReleased` for each. */
export class SeatsReleased extends DomainEvent {
  readonly name = 'booking.seats-released.v1';
  /** @param starts of those that can still be taken, each once */
  constructor(
    readonly coachId: string,
    readonly starts: readonly Date[],
  ) {
    super();
  }
}

/**
 * Somebody wants a seat of this start, under the lock of the coach: whatever became free there without a word belongs to
 * those who wait, before it is given away.
 */
export class SeatSought extends DomainEvent {
  readonly name = 'booking.seat-sought.v1';
  /** Said by a listener who has given or taken places of this start because of it. */
  hasMovedPlaces = false;

  /** @param coachTimezone IANA name */
  constructor(
    readonly coachId: string,
    readonly startsAt: Date,
    readonly coachTimezone: string,
    readonly at: Date,
  ) {
    super();
  }
}

abstract class TimeOffEvent extends DomainEvent {
  /** @param coachId users.id of the coach */
  constructor(
    readonly coachId: string,
    readonly startsAt: Date,
    readonly endsAt: Date,
  ) {
    super();
  }
}

/** The coach is away in `[startsAt, endsAt)`: the slots inside are gone, bookings made stay. */
export class TimeOffTaken extends TimeOffEvent {
  readonly name = 'booking.time-off-taken.v1';
}

/** The coach is back: the slots inside may be booked again. */
export class TimeOffRemoved extends TimeOffEvent {
  readonly name = 'booking.time-off-removed.v1';
}
