import { axisWidth, BASE_HEIGHT, type Box, CAPTION_HEIGHT, type Tick, ticksAt } from 'src/common/chart/axes';
import { lineTicks } from 'src/common/chart/line-plot';
import { MARGIN } from 'src/common/chart/picture';
import { linearScale, niceTicks, type Scale } from 'src/common/chart/scale';

/** One session, in the unit of the reader. */
export interface ChartPoint {
  at: Date;
  /** The heaviest; null where no set tells one. */
  weight: number | null;
  /** What the bars show: volume, or sets where nobody lifts anything. */
  amount: number;
  isRecord: boolean;
  /** The same in kilograms; null = not told. */
  weightKg: number | null;
}

export interface Place {
  x: number;
  y: number;
  point: ChartPoint;
}

export interface Plot {
  box: Box;
  ticks: Tick[];
  /** Oldest first. */
  places: Place[];
}

/** Where everything stands, in pixels. */
export interface ProgressionLayout {
  height: number;
  /** The heaviest weights; null where there are none. */
  weights: Plot | null;
  /** What stands below; `y` is the top of a bar. Null where all would be empty. */
  amounts: Plot | null;
  barWidth: number;
  /** From one session to the next, on average. */
  step: number;
  /** From milliseconds to pixels. */
  time: Scale;
}

export interface ProgressionFormat {
  weight: (value: number) => string;
  amount: (value: number) => string;
}

const WIDEST_BAR = 18;

/**
 * Weights above, what was moved below, on one axis of time: each panel has its own scale, so that nothing meets by
 * chance. Weights need not begin at zero, bars do.
 *
 * @param points oldest first, at least one
 * @param top where the heading ends
 */
export function progressionLayout(
  points: readonly ChartPoint[],
  { width, top }: { width: number; top: number },
  format: ProgressionFormat,
): ProgressionLayout {
  const weights = points.flatMap(({ weight }) => (weight === null ? [] : [weight]));
  const hasWeights = weights.some((weight) => weight > 0);
  const highest = Math.max(...points.map(({ amount }) => amount));
  const tall = between(width * 0.32, 150, 300);
  const weightTicks = hasWeights ? lineTicks(weights, tall) : [];
  const amountTicks = highest > 0 ? niceTicks(0, highest, hasWeights ? 2 : 4, { whole: !hasWeights }) : [];
  const left = MARGIN + axisWidth([...weightTicks.map(format.weight), ...amountTicks.map(format.amount)]);
  const right = width - MARGIN;
  const step = (right - left) / points.length;
  const barWidth = Math.min(WIDEST_BAR, Math.max(1, step * 0.6));
  const time = timeScale(points, left + barWidth / 2 + 4, right - barWidth / 2 - 4);

  const plot = (start: number, height: number, ticks: number[], text: (value: number) => string): [Plot, Scale] => {
    const box = { left, top: start + CAPTION_HEIGHT, right, bottom: start + CAPTION_HEIGHT + height };
    const scale = linearScale([ticks.at(0) ?? 0, ticks.at(-1) ?? 0], [box.bottom, box.top]);
    return [{ box, ticks: ticksAt(ticks, scale, text), places: [] }, scale];
  };
  let foot = top;
  let weightPlot: Plot | null = null;
  if (hasWeights) {
    const [frame, scale] = plot(foot, tall, weightTicks, format.weight);
    weightPlot = { ...frame, places: placesOf(points, time, scale, ({ weight }) => weight) };
    foot = frame.box.bottom + 8;
  }
  let amountPlot: Plot | null = null;
  if (highest > 0) {
    const [frame, scale] = plot(foot, hasWeights ? tall * 0.3 : tall, amountTicks, format.amount);
    amountPlot = { ...frame, places: placesOf(points, time, scale, ({ amount }) => amount) };
    foot = frame.box.bottom;
  }
  return { height: Math.ceil(foot + BASE_HEIGHT), weights: weightPlot, amounts: amountPlot, barWidth, step, time };
}

function timeScale(points: readonly ChartPoint[], start: number, end: number): Scale {
  const [first, last] = [points.at(0), points.at(-1)];
  return linearScale([first?.at.getTime() ?? 0, last?.at.getTime() ?? 0], [start, end]);
}

function placesOf(
  points: readonly ChartPoint[],
  time: Scale,
  scale: Scale,
  valueOf: (point: ChartPoint) => number | null,
): Place[] {
  return points.flatMap((point) => {
    const value = valueOf(point);
    return value === null ? [] : [{ x: time(point.at.getTime()), y: scale(value), point }];
  });
}

function between(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}
