import { Foundation1700000000001 } from './migrations/1700000000001-foundation';
import { Accounts1700000000002 } from './migrations/1700000000002-accounts';
import { Coaches1700000000003 } from './migrations/1700000000003-coaches';
import { Bookings1700000000004 } from './migrations/1700000000004-bookings';
import { Notifications1700000000005 } from './migrations/1700000000005-notifications';
import { Gyms1700000000006 } from './migrations/1700000000006-gyms';
import { CoachSpace1700000000007 } from './migrations/1700000000007-coach-space';
import { Relations1700000000008 } from './migrations/1700000000008-relations';
import { PackagesAndPayments1700000000009 } from './migrations/1700000000009-packages-and-payments';
import { BookingEngine1700000000010 } from './migrations/1700000000010-booking-engine';
import { TimeOffAndTemplates1700000000011 } from './migrations/1700000000011-time-off-and-templates';
import { ClientSpace1700000000012 } from './migrations/1700000000012-client-space';
import { CoachingRequests1700000000013 } from './migrations/1700000000013-coaching-requests';
import { Waitlist1700000000014 } from './migrations/1700000000014-waitlist';
import { CalendarFeeds1700000000015 } from './migrations/1700000000015-calendar-feeds';
import { Reminders1700000000016 } from './migrations/1700000000016-reminders';
import { DevicesAndPreferences1700000000017 } from './migrations/1700000000017-devices-and-preferences';
import { DeadLetters1700000000018 } from './migrations/1700000000018-dead-letters';
import { Sms1700000000019 } from './migrations/1700000000019-sms';
import { PhoneCodes1700000000020 } from './migrations/1700000000020-phone-codes';
import { ExercisesAndMachines1700000000021 } from './migrations/1700000000021-exercises-and-machines';
import { Performances1700000000022 } from './migrations/1700000000022-performances';
import { Programmes1700000000023 } from './migrations/1700000000023-programmes';
import { ExerciseVideos1700000000024 } from './migrations/1700000000024-exercise-videos';
import { OauthConnections1700000000025 } from './migrations/1700000000025-oauth-connections';
import { Strava1700000000026 } from './migrations/1700000000026-strava';
import { KeysOfReasons1700000000027 } from './migrations/1700000000027-keys-of-reasons';
import { BodyMeasurements1700000000028 } from './migrations/1700000000028-body-measurements';
import { Erasure1700000000030 } from './migrations/1700000000030-erasure';
import { ConsentsAuditFeedback1700000000031 } from './migrations/1700000000031-consents-audit-feedback';
import { SocialLinks1700000000032 } from './migrations/1700000000032-social-links';
import { Enrollment1700000000033 } from './migrations/1700000000033-enrollment';
import { Wellness1700000000034 } from './migrations/1700000000034-wellness';
import { DeadKeys1700000000035 } from './migrations/1700000000035-dead-keys';
import { KeysInUse1700000000036 } from './migrations/1700000000036-keys-in-use';

/** In order. Named here and not found by a pattern, so that a file that is missing from a build is an error. */
export const MIGRATIONS = [
  Foundation1700000000001,
  Accounts1700000000002,
  Coaches1700000000003,
  Bookings1700000000004,
  Notifications1700000000005,
  Gyms1700000000006,
  CoachSpace1700000000007,
  Relations1700000000008,
  PackagesAndPayments1700000000009,
  BookingEngine1700000000010,
  TimeOffAndTemplates1700000000011,
  ClientSpace1700000000012,
  CoachingRequests1700000000013,
  Waitlist1700000000014,
  CalendarFeeds1700000000015,
  Reminders1700000000016,
  DevicesAndPreferences1700000000017,
  DeadLetters1700000000018,
  Sms1700000000019,
  PhoneCodes1700000000020,
  ExercisesAndMachines1700000000021,
  Performances1700000000022,
  Programmes1700000000023,
  ExerciseVideos1700000000024,
  OauthConnections1700000000025,
  Strava1700000000026,
  KeysOfReasons1700000000027,
  BodyMeasurements1700000000028,
  Erasure1700000000030,
  ConsentsAuditFeedback1700000000031,
  SocialLinks1700000000032,
  Enrollment1700000000033,
  Wellness1700000000034,
  DeadKeys1700000000035,
  KeysInUse1700000000036,
] as const;
