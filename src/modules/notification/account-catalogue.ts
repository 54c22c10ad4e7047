import type { NotificationKind } from './notification.types';

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

/** The notifications about the safety of an account. */
export const ACCOUNT_CATALOGUE = {
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
} as const satisfies Record<string, NotificationKind>;
