import { type NotificationKind, TOLD } from './notification.types';

const request = {
  ...TOLD,
  data: ['request_id'],
  deepLink: 'mycoach://coaching-requests/{request_id}',
} as const satisfies Partial<NotificationKind>;

const forClient = { ...request, to: ['client'], values: ['coach'] } as const;
const forCoach = { ...request, to: ['coach'], values: ['client'] } as const;

/**
 * The notifications about requests for a discovery session, and about the booking that moves with one. `booking_id` is
 * empty while there is no session.
 */
export const DISCOVERY_CATALOGUE = {
  discovery_requested: {
    ...forCoach,
    trigger: 'A client asks for a first session',
    mail: true,
    data: ['request_id', 'booking_id', 'client_id'],
    values: ['client', 'session', 'deadline'],
    variants: ['with_session'],
    // As requests register it: `request-standing.ts` of the module booking.
    standing: { subject: 'request', id: 'request_id', states: ['pending', 'accepted'] },
  },
  discovery_accepted: {
    ...forClient,
    trigger: 'The coach accepts a first session',
    mail: true,
    data: ['request_id', 'booking_id', 'coach_id'],
    values: ['coach', 'session'],
    variants: ['with_session'],
    // A request stays accepted, its session may be called off.
    standing: { subject: 'booking', id: 'booking_id', states: ['confirmed', 'begun', 'done'] },
  },
  discovery_rejected: {
    ...forClient,
    trigger: 'The coach cannot take the client',
    data: ['request_id', 'coach_id'],
    values: ['coach', 'reason'],
    variants: ['with_reason'],
  },
  discovery_cancelled: {
    ...forCoach,
    trigger: 'The client withdraws the request',
    data: ['request_id', 'client_id'],
  },
} as const satisfies Record<string, NotificationKind>;
