const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A whole hour (UTC) of a coming day by real time, for processes of production, whose clock nobody moves. */
export function comingHour(daysAhead: number, hour: number): string {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return new Date(today + daysAhead * DAY_MS + hour * HOUR_MS).toISOString().replace('.000Z', 'Z');
}
