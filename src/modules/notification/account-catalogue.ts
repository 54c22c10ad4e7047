import { type NotificationKind, TOLD } from './notification.types';

const security = {
  to: ['user'],
  push: false,
  mail: true,
  security: true,
  quiet: false,
  values: ['time'],
  variants: [],
  standing: null,
} as const satisfies Partial<NotificationKind>;

/** The notifications about the safety of an account, and about accounts elsewhere that it is connected to. */
export const ACCOUNT_CATALOGUE = {
  integration_reconnect: {
    trigger: 'A provider refuses to renew the access that somebody gave',
    ...TOLD,
    to: ['user'],
    mail: true,
    data: ['provider'],
    deepLink: 'mycoach://integrations?provider={provider}&status=needs_reconnect',
    values: ['provider'],
  },
  api_key_created: {
    ...security,
    trigger: 'A sign-in on a device that was not seen before; pushed to the other devices',
    push: true,
    data: ['device_name'],
    deepLink: 'mycoach://account/devices',
    values: ['device', 'time'],
  },
  password_changed: {
    ...security,
    trigger: 'The password is changed or reset',
    data: [],
    deepLink: 'mycoach://account/security',
  },
  deletion_requested: {
    ...security,
    trigger: 'Somebody has the own account erased; with sessions of packages left, both sides are told',
    data: ['effective_at'],
    deepLink: 'mycoach://account/deletion',
    values: ['time', 'coach', 'sessions', 'amount'],
    variants: ['with_sessions', 'coach_leaves'],
  },
  deletion_restored: {
    ...security,
    trigger: 'Somebody takes the erasure of the own account back',
    data: [],
    deepLink: 'mycoach://account',
  },
} as const satisfies Record<string, NotificationKind>;
