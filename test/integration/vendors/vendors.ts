import { GOOGLE_CALENDAR_VENDOR } from './google-calendar';
import { STRAVA_VENDOR } from './strava';
import type { Vendor } from './vendor';
import { WITHINGS_VENDOR } from './withings';

/** The providers that somebody speaks to. */
export const VENDORS: readonly Vendor[] = [STRAVA_VENDOR, GOOGLE_CALENDAR_VENDOR, WITHINGS_VENDOR];
