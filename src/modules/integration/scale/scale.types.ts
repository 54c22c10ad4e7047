export const MEASURE_SOURCES = ['withings', 'xiaomi', 'garmin', 'manual'] as const;
export type MeasureSource = (typeof MEASURE_SOURCES)[number];

/** What a scale says of somebody at one moment; null = not told. To the hundredth. */
export interface Reading {
  measuredAt: Date;
  weightKg: number;
  bmi: number | null;
  fatPct: number | null;
  musclePct: number | null;
  waterPct: number | null;
  boneKg: number | null;
}
