import type { BookingStatus, BookingType, Part } from 'src/modules/booking/booking.state';

/** A booking as a calendar shows it. */
export interface CalendarEvent {
  bookingId: string;
  coachId: string;
  coachName: string;
  clientId: string;
  clientName: string;
  gymName: string | null;
  scheduledAt: Date;
  endsAt: Date;
  status: BookingStatus;
  type: BookingType;
  createdAt: Date;
  updatedAt: Date;
  /** How often its status has changed since it was made. */
  changes: number;
}

/** The same, for one of its people. */
export type OwnEvent = CalendarEvent & { as: Part };
