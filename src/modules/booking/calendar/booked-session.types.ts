import type { Part } from 'src/modules/booking/booking.state';
import type { CalendarStatus } from './calendar.rules';

/** One person of a session, as a calendar of the other one names him. */
export interface SessionPerson {
  userId: string;
  firstName: string;
  /** BCP 47. */
  locale: string;
}

/** A booking, as whoever writes it into a calendar elsewhere needs it. */
export interface BookedSession {
  bookingId: string;
  client: SessionPerson;
  coach: SessionPerson;
  /** IANA name. */
  coachTimezone: string;
  gymName: string | null;
  startsAt: Date;
  endsAt: Date;
  /** `CONFIRMED` for what takes place or took place, kept or not. */
  status: CalendarStatus;
}

/** The same, and on which side of it somebody stands. */
export type OwnSession = BookedSession & { as: Part };
