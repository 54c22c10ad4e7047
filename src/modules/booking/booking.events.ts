import { DomainEvent } from 'src/common/events/domain-event';

/** What every fact of a booking tells: ids and plain values, enough to word a message without reading the row. */
export interface BookingFact {
  bookingId: string;
  clientId: string;
  coachId: string;
  scheduledAt: Date;
  durationMin: number;
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
  constructor(
    booking: BookingFact,
    readonly expiresAt: Date,
  ) {
    super(booking);
  }
}

/** T2: the coach said yes. */
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

/** A seat is free again, whoever freed it. */
export class SeatReleased extends BookingEvent {
  readonly name = 'booking.seat-released.v1';
}
