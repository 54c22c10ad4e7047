import { type NotificationKind, type Standing, TOLD } from './notification.types';

/** Whoever is told hears of the other one. */
const TO_CLIENT = ['coach', 'session'] as const;
const TO_COACH = ['client', 'session'] as const;
const TO_BOTH = ['client', 'coach', 'session'] as const;

const booking = {
  ...TOLD,
  data: ['booking_id'],
  deepLink: 'mycoach://bookings/{booking_id}',
} as const satisfies Partial<NotificationKind>;

const forClient = { ...booking, to: ['client'], values: TO_CLIENT } as const;
const forCoach = { ...booking, to: ['coach'], values: TO_COACH } as const;
const forBoth = { ...booking, to: ['client', 'coach'], values: TO_BOTH, variants: ['for_coach'] } as const;

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
    ...forCoach,
    trigger: 'A client asks for a session',
    mail: true,
    data: ['booking_id', 'client_id', 'expires_at'],
    values: [...TO_COACH, 'deadline', 'sessions'],
    variants: ['with_sessions'],
    standing: ASKED,
  },
  booking_sent: { ...forClient, trigger: 'The request was sent', standing: ASKED },
  booking_validation_reminder: {
    ...forCoach,
    trigger: 'Two hours before a request lapses',
    data: ['booking_id', 'expires_at'],
    values: [...TO_COACH, 'deadline'],
    standing: whileIt('pending'),
  },
  booking_confirmed: {
    ...forClient,
    trigger: 'A session is confirmed',
    mail: true,
    data: ['booking_id', 'coach_id'],
    standing: AGREED,
  },
  session_confirmed: {
    ...forCoach,
    trigger: 'A session is confirmed',
    data: ['booking_id', 'client_id'],
    standing: AGREED,
  },
  booking_rejected: {
    ...forClient,
    trigger: 'The coach refuses a request',
    values: [...TO_CLIENT, 'reason'],
    variants: ['with_reason'],
  },
  booking_auto_rejected: { ...forBoth, trigger: 'A request was not answered in time' },
  booking_rescheduled: {
    ...forBoth,
    trigger: 'The other party moves a session',
    mail: true,
    data: ['booking_id', 'previous_booking_id', 'scheduled_at', 'status'],
    values: [...TO_BOTH, 'former', 'reason', 'deadline'],
    variants: ['with_reason', 'to_answer'],
    standing: whileIt('pending', 'confirmed', 'begun', 'done'),
  },
  booking_cancelled_by_client: {
    ...forCoach,
    trigger: 'The client cancels in time',
    data: ['booking_id', 'client_id'],
  },
  booking_cancelled_late: {
    ...forCoach,
    trigger: 'The client cancels late',
    data: ['booking_id', 'client_id', 'penalty_due'],
    variants: ['due'],
  },
  booking_cancelled_by_coach: {
    ...forClient,
    trigger: 'The coach cancels',
    mail: true,
    data: ['booking_id', 'coach_id'],
    values: [...TO_CLIENT, 'reason'],
    variants: ['with_reason'],
  },
  // Waived meanwhile, neither of the two counts any more.
  no_show_marked: {
    ...forClient,
    trigger: 'The coach notes that nobody came',
    variants: ['due'],
    standing: whileIt('ended'),
  },
  penalty_applied: { ...forClient, trigger: 'The coach lets a session count', standing: whileIt('ended') },
  penalty_waived: { ...forBoth, trigger: 'A penalty is waived; the coach is told when he left it undecided' },
  auto_done: { ...forCoach, trigger: 'A session counts as done by itself', standing: whileIt('done') },
  reminder_day_before: {
    ...forBoth,
    trigger: '24 hours before a session',
    quiet: true,
    standing: whileIt('confirmed'),
  },
  reminder_hour_before: { ...forBoth, trigger: 'One hour before a session', standing: whileIt('confirmed') },
} as const satisfies Record<string, NotificationKind>;
