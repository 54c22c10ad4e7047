import type { NotificationKind, Standing } from './notification.types';

const PEOPLE = ['client', 'coach', 'session'] as const;

const booking = {
  push: true,
  mail: false,
  security: false,
  quiet: false,
  data: ['booking_id'],
  deepLink: 'mycoach://bookings/{booking_id}',
  values: PEOPLE,
  variants: [],
  standing: null,
} as const satisfies NotificationKind;

/** @param states as bookings register them: `booking-standing.ts` of the module booking */
function whileIt(...states: ('pending' | 'confirmed' | 'begun' | 'done' | 'ended')[]): Standing {
  return { subject: 'booking', id: 'booking_id', states };
}

/** Nobody wants to hear of a request, or of a session to come, once it is called off. */
const ASKED = whileIt('pending', 'confirmed');
const AGREED = whileIt('confirmed', 'begun', 'done');

/** The notifications about bookings. */
export const BOOKING_CATALOGUE = {
  booking_requested: {
    ...booking,
    mail: true,
    data: ['booking_id', 'client_id', 'expires_at'],
    values: [...PEOPLE, 'deadline', 'sessions'],
    variants: ['with_sessions'],
    standing: ASKED,
  },
  booking_sent: { ...booking, standing: ASKED },
  booking_validation_reminder: {
    ...booking,
    data: ['booking_id', 'expires_at'],
    values: [...PEOPLE, 'deadline'],
    standing: whileIt('pending'),
  },
  booking_confirmed: { ...booking, mail: true, data: ['booking_id', 'coach_id'], standing: AGREED },
  session_confirmed: { ...booking, data: ['booking_id', 'client_id'], standing: AGREED },
  booking_rejected: { ...booking, values: [...PEOPLE, 'reason'], variants: ['with_reason'] },
  booking_auto_rejected: { ...booking, variants: ['for_coach'] },
  booking_rescheduled: {
    ...booking,
    mail: true,
    data: ['booking_id', 'previous_booking_id', 'scheduled_at', 'status'],
    values: [...PEOPLE, 'former', 'reason', 'deadline'],
    variants: ['with_reason', 'to_answer'],
    standing: whileIt('pending', 'confirmed', 'begun', 'done'),
  },
  booking_cancelled_by_client: { ...booking, data: ['booking_id', 'client_id'] },
  booking_cancelled_late: { ...booking, data: ['booking_id', 'client_id', 'penalty_due'], variants: ['due'] },
  booking_cancelled_by_coach: {
    ...booking,
    mail: true,
    data: ['booking_id', 'coach_id'],
    values: [...PEOPLE, 'reason'],
    variants: ['with_reason'],
  },
  no_show_marked: { ...booking, variants: ['due'] },
  // Waived meanwhile, it does not count any more.
  penalty_applied: { ...booking, standing: whileIt('ended') },
  penalty_waived: { ...booking, variants: ['for_coach'] },
  auto_done: { ...booking, standing: whileIt('done') },
  reminder_day_before: { ...booking, quiet: true, variants: ['for_coach'], standing: whileIt('confirmed') },
  reminder_hour_before: { ...booking, variants: ['for_coach'], standing: whileIt('confirmed') },
} as const satisfies Record<string, NotificationKind>;
