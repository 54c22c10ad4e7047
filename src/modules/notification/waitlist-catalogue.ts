import type { NotificationKind } from './notification.types';

const PEOPLE = ['client', 'coach', 'session'] as const;

const entry = {
  push: true,
  mail: false,
  security: false,
  quiet: false,
  data: ['entry_id', 'scheduled_at'],
  deepLink: 'mycoach://waitlist/{entry_id}',
  values: PEOPLE,
  variants: [],
  standing: null,
} as const satisfies NotificationKind;

/** The notifications about queues. An offer does not wait for the morning: it would be gone by then. */
export const WAITLIST_CATALOGUE = {
  waitlist_joined: entry,
  waitlist_available: {
    ...entry,
    mail: true,
    data: ['entry_id', 'coach_id', 'scheduled_at', 'expires_at'],
    values: [...PEOPLE, 'deadline'],
    standing: { subject: 'waitlist_entry', id: 'entry_id', states: ['notified'] },
  },
  waitlist_expired: { ...entry, data: ['entry_id'] },
  waitlist_cancelled: { ...entry, data: ['entry_id', 'coach_id', 'scheduled_at'], variants: ['removed'] },
} as const satisfies Record<string, NotificationKind>;
