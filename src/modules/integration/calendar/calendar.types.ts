/** What became of a session in a calendar. */
export interface SyncedEvent {
  status: 'synced' | 'deleted';
  /** Its id at Google. */
  eventId: string;
}

/** What became of many. */
export interface SyncedCalendar {
  synced: number;
  failed: number;
}

/** Makes one person's calendar agree with one booking: `{ bookingId, userId }`. */
export const FOLLOW_BOOKING = 'sync_calendar_event';
/** They end half a day after the first: by then somebody has asked for all of them anew, or nobody wants them. */
export const FOLLOW_BOOKING_ATTEMPTS = 7;

/** The same for all coming bookings of a person: `{ userId }`. */
export const FOLLOW_ALL = 'sync_calendar';
