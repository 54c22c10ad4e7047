import { axisWidth, BASE_HEIGHT, type Box, CAPTION_HEIGHT, type Tick, ticksAt } from 'src/common/chart/axes';
import { lineTicks, type Spot } from 'src/common/chart/line-plot';
import { MARGIN } from 'src/common/chart/picture';
import { linearScale, type Scale } from 'src/common/chart/scale';

/** One measurement, in the unit of the reader. */
export interface ScalePoint {
  at: Date;
  weight: number;
  weightKg: number;
  /** Null = not told. */
  fatPct: number | null;
}

export interface ScalePlot {
  box: Box;
  ticks: Tick[];
  /** Oldest first. */
  spots: (Spot & { point: ScalePoint })[];
}

/** Where everything stands, in pixels. */
export interface ScaleLayout {
  height: number;
  weights: ScalePlot;
  /** Below; null where nobody told any. */
  fats: ScalePlot | null;
  /** From one measurement to the next, on average. */
  step: number;
  /** From milliseconds to pixels. */
  time: Scale;
}

/** Between the two plots. */
const GAP = 8;
/** A dot at the edge keeps its half. */
const EDGE = 8;

/**
 * Weights above, body fat below, on one axis of time, each with a scale of its own.
 *
 * @param points oldest first, at least one
 * @param top where the heading ends
 * @param text how a number is written
 */
export function scaleLayout(
  points: readonly ScalePoint[],
  { width, top }: { width: number; top: number },
  text: (value: number) => string,
): ScaleLayout {
  const tall = Math.round(Math.min(300, Math.max(150, width * 0.32)));
  const low = Math.round(tall * 0.45);
  const told = points.flatMap((point) => (point.fatPct === null ? [] : [point.fatPct]));
  const weightTicks = lineTicks(
    points.map(({ weight }) => weight),
    tall,
  );
  const fatTicks = told.length > 0 ? lineTicks(told, low) : [];
  const left = MARGIN + axisWidth([...weightTicks, ...fatTicks].map(text));
  const right = width - MARGIN;
  const time = linearScale(
    [points.at(0)?.at.getTime() ?? 0, points.at(-1)?.at.getTime() ?? 0],
    [left + EDGE, right - EDGE],
  );

  const plot = (
    start: number,
    height: number,
    values: readonly number[],
    of: (point: ScalePoint) => number | null,
  ): ScalePlot => {
    const box = { left, top: start + CAPTION_HEIGHT, right, bottom: start + CAPTION_HEIGHT + height };
    const scale = linearScale([values.at(0) ?? 0, values.at(-1) ?? 0], [box.bottom, box.top]);
    const spots = points.flatMap((point) => {
      const value = of(point);
      return value === null ? [] : [{ x: time(point.at.getTime()), y: scale(value), point }];
    });
    return { box, ticks: ticksAt(values, scale, text), spots };
  };
  const weights = plot(top, tall, weightTicks, ({ weight }) => weight);
  const fats = told.length > 0 ? plot(weights.box.bottom + GAP, low, fatTicks, ({ fatPct }) => fatPct) : null;
  const foot = (fats ?? weights).box.bottom;
  return { height: Math.ceil(foot + BASE_HEIGHT), weights, fats, step: (right - left) / points.length, time };
}
