/** What is still a measurement of a person; beyond it somebody has mistyped, or a scale has lied. */
export const MOST_WEIGHT_KG = 500;
export const MOST_BONE_KG = 50;
export const MOST_BMI = 100;
/** To the hundredth, this is the least that is more than nothing. */
export const LEAST_WEIGHT_KG = 0.01;

/** How many new ones an import tells of. */
export const MOST_TOLD = 500;

/** Clocks of phones are fast by seconds; a measurement of tomorrow is a mistake. */
const AHEAD_MS = 300_000;

export function isTooFarAhead(measuredAt: Date, now: Date): boolean {
  return measuredAt.getTime() > now.getTime() + AHEAD_MS;
}

/** Kilograms by square metre, to the hundredth; null where the height is not known, or gives what no body has. */
export function bmiOf(weightKg: number, heightCm: number | null): number | null {
  if (heightCm === null || heightCm <= 0) return null;
  // In whole numbers, so that halves are rounded as they are written.
  const hundredths = Math.round((Math.round(weightKg * 100) * 10_000) / heightCm ** 2);
  const bmi = hundredths / 100;
  return bmi <= MOST_BMI ? bmi : null;
}

/** More parts than anybody's scale fills: whoever says that there are more would be asked for ever. */
export const MOST_PAGES = 100;

/** What was being written down while it was asked for could be missed; reading something twice changes nothing. */
const OVERLAP_SECONDS = 300;

/** From when on to ask, by the clock of the provider in seconds since 1970; 0 = from the beginning. */
export function sinceOf(known: number): number {
  return Math.max(0, known - OVERLAP_SECONDS);
}

/** Until when everything is known. A provider whose clock is fast would have us miss what is to come. */
export function knownUntil(updatedAt: number, now: Date): number {
  return Math.min(updatedAt, Math.floor(now.getTime() / 1_000));
}
