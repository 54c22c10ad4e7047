export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** Of 24 hours. A local day may have 23 or 25: those are reckoned by `local-days.ts`. */
export const DAY_MS = 24 * HOUR_MS;
