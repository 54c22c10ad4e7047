import type { DomainEvent } from 'src/common/events/domain-event';
import {
  AnswerReminderDue,
  BookingAutoDone,
  BookingAutoRejected,
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  BookingDone,
  type BookingFact,
  BookingMoved,
  BookingNoShow,
  BookingRejected,
  BookingRequested,
  PenaltyApplied,
  PenaltyWaived,
  SeatReleased,
  SessionReminderDue,
} from 'src/modules/booking/booking.events';

export const EXPIRES = new Date('2026-03-02T12:00:00Z');
export const REASON = 'Strictly private: knee surgery';
export const FORMER = {
  bookingId: '2b1f5f0e-7f0a-4c55-9a43-5c0b8f4e6a11',
  scheduledAt: new Date('2026-03-02T15:00:00Z'),
  status: 'confirmed' as const,
};

/** Which message reached whom by which channel. */
export interface Told {
  to: 'client' | 'coach';
  channel: string;
  type: string | null;
}

/** What happens to a booking, and who is told of it by which channel. */
export const CASES: [string, (booking: BookingFact) => DomainEvent, Told[]][] = [
  [
    'a request is pushed and mailed to the coach, and acknowledged to the client',
    (booking) => new BookingRequested(booking, EXPIRES),
    [
      { to: 'client', channel: 'push', type: 'booking_sent' },
      { to: 'coach', channel: 'email', type: 'Nouvelle demande de séance' },
      { to: 'coach', channel: 'push', type: 'booking_requested' },
    ],
  ],
  [
    'a confirmation is pushed and mailed to the client, and stands in the agenda of the coach',
    (booking) => new BookingConfirmed(booking),
    [
      { to: 'client', channel: 'email', type: 'Session confirmed' },
      { to: 'client', channel: 'push', type: 'booking_confirmed' },
      { to: 'coach', channel: 'push', type: 'session_confirmed' },
    ],
  ],
  [
    'a refusal is pushed to the client',
    (booking) => new BookingRejected(booking, null),
    [{ to: 'client', channel: 'push', type: 'booking_rejected' }],
  ],
  [
    'a request that nobody answered is told to both',
    (booking) => new BookingAutoRejected(booking),
    [
      { to: 'client', channel: 'push', type: 'booking_auto_rejected' },
      { to: 'coach', channel: 'push', type: 'booking_auto_rejected' },
    ],
  ],
  [
    'a cancellation in time is pushed to the coach',
    (booking) => new BookingCancelledByClient(booking),
    [{ to: 'coach', channel: 'push', type: 'booking_cancelled_by_client' }],
  ],
  [
    'a late cancellation is pushed to the coach',
    (booking) => new BookingCancelledLate(booking, true),
    [{ to: 'coach', channel: 'push', type: 'booking_cancelled_late' }],
  ],
  [
    'a cancellation by the coach is pushed and mailed to the client',
    (booking) => new BookingCancelledByCoach(booking, REASON),
    [
      { to: 'client', channel: 'email', type: 'Session cancelled by your coach' },
      { to: 'client', channel: 'push', type: 'booking_cancelled_by_coach' },
    ],
  ],
  [
    'a move by the client is pushed and mailed to the coach',
    (booking) => new BookingMoved(booking, FORMER, 'client', null, EXPIRES),
    [
      { to: 'coach', channel: 'email', type: 'Nouvel horaire de séance' },
      { to: 'coach', channel: 'push', type: 'booking_rescheduled' },
    ],
  ],
  [
    'a move by the coach is pushed and mailed to the client',
    (booking) => new BookingMoved(booking, FORMER, 'coach', REASON, null),
    [
      { to: 'client', channel: 'email', type: 'New time for a session' },
      { to: 'client', channel: 'push', type: 'booking_rescheduled' },
    ],
  ],
  ['a session that was done needs no word', (booking) => new BookingDone(booking), []],
  ['a seat that is free again is no news for the two', (booking) => new SeatReleased(booking), []],
  [
    'a session that counts as done by itself is pushed to the coach',
    (booking) => new BookingAutoDone(booking),
    [{ to: 'coach', channel: 'push', type: 'auto_done' }],
  ],
  [
    'an absence is pushed to the client',
    (booking) => new BookingNoShow(booking, true),
    [{ to: 'client', channel: 'push', type: 'no_show_marked' }],
  ],
  [
    'a penalty that the coach applies is pushed to the client',
    (booking) => new PenaltyApplied(booking),
    [{ to: 'client', channel: 'push', type: 'penalty_applied' }],
  ],
  [
    'a penalty that the coach waives is pushed to the client',
    (booking) => new PenaltyWaived(booking, 'coach', REASON),
    [{ to: 'client', channel: 'push', type: 'penalty_waived' }],
  ],
  [
    'a penalty that lapses undecided is pushed to both',
    (booking) => new PenaltyWaived(booking, 'system', null),
    [
      { to: 'client', channel: 'push', type: 'penalty_waived' },
      { to: 'coach', channel: 'push', type: 'penalty_waived' },
    ],
  ],
  [
    'a request that lapses soon is pushed to the coach',
    (booking) => new AnswerReminderDue(booking, EXPIRES),
    [{ to: 'coach', channel: 'push', type: 'booking_validation_reminder' }],
  ],
  [
    'a session of tomorrow is pushed to both',
    (booking) => new SessionReminderDue(booking, 'day'),
    [
      { to: 'client', channel: 'push', type: 'reminder_day_before' },
      { to: 'coach', channel: 'push', type: 'reminder_day_before' },
    ],
  ],
  [
    'a session that is about to start is pushed to both',
    (booking) => new SessionReminderDue(booking, 'hour'),
    [
      { to: 'client', channel: 'push', type: 'reminder_hour_before' },
      { to: 'coach', channel: 'push', type: 'reminder_hour_before' },
    ],
  ],
];
