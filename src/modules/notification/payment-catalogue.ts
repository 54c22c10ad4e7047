import type { NotificationKind, Standing } from './notification.types';

const PEOPLE = ['client', 'coach'] as const;

const pack = {
  push: true,
  mail: false,
  security: false,
  quiet: false,
  data: ['package_id'],
  deepLink: 'mycoach://packages/{package_id}',
  values: [...PEOPLE, 'title', 'sessions'],
  variants: [],
  standing: null,
} as const satisfies NotificationKind;

const payment = {
  ...pack,
  deepLink: 'mycoach://payments/{payment_id}',
  values: [...PEOPLE, 'amount'],
} as const;

/** @param states status of the package */
function whileIt(...states: ('active' | 'exhausted' | 'expired')[]): Standing {
  return { subject: 'package', id: 'package_id', states };
}

/** The notifications about packages and payments. */
export const PAYMENT_CATALOGUE = {
  package_created: { ...pack, values: [...pack.values, 'amount'] },
  package_purchased: { ...pack, data: ['package_id', 'payment_id'], values: [...pack.values, 'amount'] },
  package_low: {
    ...pack,
    data: ['package_id', 'sessions_remaining'],
    variants: ['for_coach'],
    standing: whileIt('active', 'expired'),
  },
  package_exhausted: {
    ...pack,
    values: [...PEOPLE, 'title'],
    variants: ['for_coach'],
    standing: whileIt('exhausted', 'expired'),
  },
  package_expiring: {
    ...pack,
    mail: true,
    quiet: true,
    data: ['package_id', 'valid_until'],
    values: [...pack.values, 'day'],
    standing: whileIt('active'),
  },
  payment_recorded: {
    ...payment,
    data: ['payment_id', 'package_id'],
    values: [...payment.values, 'sessions'],
    variants: ['with_sessions'],
  },
  payment_late: {
    ...payment,
    mail: true,
    quiet: true,
    data: ['payment_id'],
    values: [...payment.values, 'since'],
    variants: ['for_coach'],
    standing: { subject: 'payment', id: 'payment_id', states: ['late'] },
  },
} as const satisfies Record<string, NotificationKind>;
