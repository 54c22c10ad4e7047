import type { NotificationKind } from './notification.types';

const PEOPLE = ['client', 'coach'] as const;

const request = {
  push: true,
  mail: false,
  security: false,
  quiet: false,
  data: ['request_id'],
  deepLink: 'mycoach://coaching-requests/{request_id}',
  values: PEOPLE,
  variants: [],
  standing: null,
} as const satisfies NotificationKind;

/**
 * The notifications about requests for a discovery session, and about the booking that moves with one. `booking_id` is
 * empty while there is no session.
 */
export const DISCOVERY_CATALOGUE = {
  discovery_requested: {
    ...request,
    mail: true,
    data: ['request_id', 'booking_id', 'client_id'],
    values: [...PEOPLE, 'session', 'deadline'],
    variants: ['with_session'],
    // As requests register it: `request-standing.ts` of the module booking.
    standing: { subject: 'request', id: 'request_id', states: ['pending', 'accepted'] },
  },
  discovery_accepted: {
    ...request,
    mail: true,
    data: ['request_id', 'booking_id', 'coach_id'],
    values: [...PEOPLE, 'session'],
    variants: ['with_session'],
    // A request stays accepted, its session may be called off.
    standing: { subject: 'booking', id: 'booking_id', states: ['confirmed', 'begun', 'done'] },
  },
  discovery_rejected: {
    ...request,
    data: ['request_id', 'coach_id'],
    values: [...PEOPLE, 'reason'],
    variants: ['with_reason'],
  },
  discovery_cancelled: { ...request, data: ['request_id', 'client_id'] },
} as const satisfies Record<string, NotificationKind>;
