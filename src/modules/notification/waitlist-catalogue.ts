import { type NotificationKind, TOLD } from './notification.types';

const entry = {
  ...TOLD,
  data: ['entry_id', 'scheduled_at'],
  deepLink: 'mycoach://waitlist/{entry_id}',
} as const satisfies Partial<NotificationKind>;

const forClient = { ...entry, to: ['client'], values: ['coach', 'session'] } as const;

/** The notifications about queues. An offer does not wait for the morning: it would be gone by then. */
export const WAITLIST_CATALOGUE = {
  waitlist_joined: { ...entry, trigger: 'Somebody joins a queue', to: ['coach'], values: ['client', 'session'] },
  waitlist_available: {
    ...forClient,
    trigger: 'A place is offered',
    mail: true,
    data: ['entry_id', 'coach_id', 'scheduled_at', 'expires_at'],
    values: ['coach', 'session', 'deadline'],
    standing: { subject: 'waitlist_entry', id: 'entry_id', states: ['notified'] },
  },
  waitlist_expired: { ...forClient, trigger: 'An offer was not taken', data: ['entry_id'] },
  waitlist_cancelled: {
    ...forClient,
    trigger: 'The slot is gone, or the coach removes the entry',
    data: ['entry_id', 'coach_id', 'scheduled_at'],
    variants: ['removed'],
  },
} as const satisfies Record<string, NotificationKind>;
