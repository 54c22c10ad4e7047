import { type NotificationKind, type Standing, TOLD } from './notification.types';

const pack = {
  ...TOLD,
  data: ['package_id'],
  deepLink: 'mycoach://packages/{package_id}',
} as const satisfies Partial<NotificationKind>;

const payment = { ...pack, deepLink: 'mycoach://payments/{payment_id}' } as const;
const both = { to: ['client', 'coach'], variants: ['for_coach'] } as const;

/** @param states status of the package */
function whileIt(...states: ('active' | 'exhausted' | 'expired')[]): Standing {
  return { subject: 'package', id: 'package_id', states };
}

/** The notifications about packages and payments. */
export const PAYMENT_CATALOGUE = {
  package_created: {
    ...pack,
    trigger: 'The coach makes a package',
    to: ['client'],
    values: ['coach', 'title', 'sessions', 'amount'],
  },
  package_purchased: {
    ...pack,
    trigger: 'A client buys a package',
    to: ['coach'],
    data: ['package_id', 'payment_id'],
    values: ['client', 'title', 'sessions', 'amount'],
  },
  package_low: {
    ...pack,
    ...both,
    trigger: 'Two sessions or fewer are left',
    data: ['package_id', 'sessions_remaining'],
    values: ['client', 'coach', 'title', 'sessions'],
    standing: whileIt('active', 'expired'),
  },
  package_exhausted: {
    ...pack,
    ...both,
    trigger: 'No session is left',
    values: ['client', 'coach', 'title'],
    standing: whileIt('exhausted', 'expired'),
  },
  package_expiring: {
    ...pack,
    trigger: 'Seven days before a package ends with sessions left',
    to: ['client'],
    mail: true,
    quiet: true,
    data: ['package_id', 'valid_until'],
    values: ['coach', 'title', 'sessions', 'day'],
    standing: whileIt('active'),
  },
  payment_recorded: {
    ...payment,
    trigger: 'A payment is recorded as paid',
    to: ['client'],
    data: ['payment_id', 'package_id'],
    values: ['coach', 'amount', 'sessions'],
    variants: ['with_sessions'],
  },
  payment_late: {
    ...payment,
    ...both,
    trigger: 'A payment is overdue',
    mail: true,
    mailTo: ['client'],
    quiet: true,
    data: ['payment_id'],
    values: ['client', 'coach', 'amount', 'since'],
    standing: { subject: 'payment', id: 'payment_id', states: ['late'] },
  },
} as const satisfies Record<string, NotificationKind>;
