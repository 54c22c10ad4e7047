import { isRecord } from 'src/common/json/record';
import { bmiOf, MOST_BONE_KG, MOST_WEIGHT_KG } from 'src/modules/integration/scale/scale.rules';
import type { Reading } from 'src/modules/integration/scale/scale.types';

/** A part of what Withings has of somebody, as far as it could be read. */
export interface MeasuresPage {
  groups: readonly unknown[];
  /** Seconds since 1970, by its own clock: what changed until then is in the answer. */
  updatedAt: number;
  /** Where the next part begins; null = this was the last. */
  nextOffset: number | null;
}

export interface ReadGroups {
  /** Oldest first, no two of one instant. */
  readings: Reading[];
  /** Groups that are no measurement of this person. */
  skipped: number;
}

/** A number as Withings writes it: `digits` times ten to the `power`. */
interface Decimal {
  digits: bigint;
  power: number;
}

const WEIGHT = 1;
const FAT_PERCENT = 6;
const MUSCLE_KG = 76;
const WATER_KG = 77;
const BONE_KG = 88;
export const MEASURE_TYPES = [WEIGHT, FAT_PERCENT, MUSCLE_KG, WATER_KG, BONE_KG];

/** A wish of the person (category 2) is no measurement. */
const MEASURED = 1;
/** May be somebody else of the household; what was typed when the account was made was not measured. */
const DOUBTFUL = new Set([1, 4]);
/** No scale shows more digits, before or after the point. */
const MOST_POWER = 12;
/** Scales keep their own time. */
const AHEAD_SECONDS = 86_400;

/** Null: no such answer. @param offset where this part began: the next one is behind it */
export function measuresPageOf(body: Readonly<Record<string, unknown>>, offset: number): MeasuresPage | null {
  const { measuregrps: groups, more, offset: next } = body;
  const updatedAt = wholeOf(body['updatetime']);
  if (!Array.isArray(groups) || updatedAt === null) return null;
  if (more !== 1 && more !== true) return { groups, updatedAt, nextOffset: null };
  const nextOffset = wholeOf(next);
  return nextOffset !== null && nextOffset > offset ? { groups, updatedAt, nextOffset } : null;
}

/**
 * Reads groups of measures (rules §16.4): real = value × 10^unit; muscle and water become percents of the weight of the
 * same group; a group without weight, or of somebody else, is skipped. Of two of one instant the one that changed last
 * counts.
 */
export function readGroups(groups: readonly unknown[], heightCm: number | null, now: Date): ReadGroups {
  const latest = new Map<number, { reading: Reading; changed: number }>();
  let skipped = 0;
  for (const group of groups) {
    const read = isRecord(group) ? readingOf(group, heightCm, now) : null;
    if (!read) {
      skipped += 1;
      continue;
    }
    const instant = read.reading.measuredAt.getTime();
    const known = latest.get(instant);
    if (!known || read.changed >= known.changed) latest.set(instant, read);
  }
  const readings = [...latest.values()].map(({ reading }) => reading);
  return { readings: readings.sort((one, other) => one.measuredAt.getTime() - other.measuredAt.getTime()), skipped };
}

function readingOf(
  group: Readonly<Record<string, unknown>>,
  heightCm: number | null,
  now: Date,
): { reading: Reading; changed: number } | null {
  const { category, attrib, measures } = group;
  const date = wholeOf(group['date']);
  if (category !== MEASURED || typeof attrib !== 'number' || DOUBTFUL.has(attrib) || !Array.isArray(measures))
    return null;
  if (date === null || date * 1_000 > now.getTime() + AHEAD_SECONDS * 1_000) return null;
  const measured = (type: number): Decimal | null => decimalOf(measures, type);
  const weight = measured(WEIGHT);
  const weightKg = within(weight && hundredthsOf(weight), MOST_WEIGHT_KG);
  if (!weight || weightKg === null || weightKg === 0) return null;
  const plain = (type: number, most: number): number | null => {
    const value = measured(type);
    return within(value && hundredthsOf(value), most);
  };
  const share = (type: number): number | null => {
    const part = measured(type);
    return within(part && percentOf(part, weight), 100);
  };
  const reading: Reading = {
    measuredAt: new Date(date * 1_000),
    weightKg,
    bmi: bmiOf(weightKg, heightCm),
    fatPct: plain(FAT_PERCENT, 100),
    musclePct: share(MUSCLE_KG),
    waterPct: share(WATER_KG),
    boneKg: plain(BONE_KG, MOST_BONE_KG),
  };
  return { reading, changed: wholeOf(group['modified']) ?? wholeOf(group['created']) ?? date };
}

/** The first measure of a type that is of the whole body, and not of a limb. Null: none, or no number of a scale. */
function decimalOf(measures: readonly unknown[], type: number): Decimal | null {
  const found = measures
    .filter(isRecord)
    .find((measure) => measure['type'] === type && (measure['position'] ?? null) === null);
  const [value, unit] = [found?.['value'], found?.['unit']];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return null;
  if (typeof unit !== 'number' || !Number.isInteger(unit) || Math.abs(unit) > MOST_POWER) return null;
  return { digits: BigInt(value), power: unit };
}

/** To the hundredth, a half up; counted in hundredths. */
function hundredthsOf({ digits, power }: Decimal): bigint {
  return rounded(digits * 10n ** BigInt(Math.max(0, power + 2)), 10n ** BigInt(Math.max(0, -power - 2)));
}

/** What part of the whole, in percent, counted in hundredths; null of nothing. */
function percentOf(part: Decimal, whole: Decimal): bigint | null {
  if (whole.digits === 0n) return null;
  const power = part.power - whole.power + 4;
  return rounded(part.digits * 10n ** BigInt(Math.max(0, power)), whole.digits * 10n ** BigInt(Math.max(0, -power)));
}

function rounded(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function within(hundredths: bigint | null, most: number): number | null {
  return hundredths === null || hundredths > BigInt(most * 100) ? null : Number(hundredths) / 100;
}

/** A whole number of at least 0, which Withings writes as a number or as a text. */
function wholeOf(value: unknown): number | null {
  const whole = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof whole === 'number' && Number.isInteger(whole) && whole >= 0 && whole < 1e12 ? whole : null;
}
