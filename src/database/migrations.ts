import { Foundation1700000000001 } from './migrations/1700000000001-foundation';
import { Accounts1700000000002 } from './migrations/1700000000002-accounts';
import { Coaches1700000000003 } from './migrations/1700000000003-coaches';
import { Bookings1700000000004 } from './migrations/1700000000004-bookings';
import { Notifications1700000000005 } from './migrations/1700000000005-notifications';

/** In order. Named here and not found by a pattern, so that a file that is missing from a build is an error. */
export const MIGRATIONS = [
  Foundation1700000000001,
  Accounts1700000000002,
  Coaches1700000000003,
  Bookings1700000000004,
  Notifications1700000000005,
] as const;
