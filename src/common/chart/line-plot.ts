import { AXIS_SIZE, type Box, pixels } from './axes';
import type { ChartReader } from './reader';
import { niceTicks } from './scale';
import { label, plainText, tag, textWidth } from './svg';

/** A point of a line, in pixels. */
export interface Spot {
  x: number;
  y: number;
}

/** Of the words above a dot, and of what round ticks below take away from them. */
const WORDS = 32;
/** Closer, dots would be a rope: the line alone is clearer. Pixels. */
const CLOSEST_DOTS = 14;

/**
 * Round values beside a line, which need not begin at zero: with some air around a single value, so that it does not lie
 * on the edge, and room for words above the highest.
 *
 * @param height of the plot, pixels
 */
export function lineTicks(values: readonly number[], height: number): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = most > least ? 0 : Math.max(1, most * 0.1);
  return niceTicks(Math.max(0, least - air), most + air + ((most - least) * WORDS) / (height - WORDS), 4);
}

/** What a plot shows, above its left edge. */
export function caption(text: string, { left, top }: Pick<Box, 'left' | 'top'>, { palette }: ChartReader): string {
  return label(text, left, top - 9, { fill: palette.ink, size: AXIS_SIZE, bold: true });
}

/** A line through its spots, and a shade below it. */
export function shadedLine(spots: readonly Spot[], { bottom }: Box, { palette }: ChartReader): string[] {
  const line = spots.map(({ x, y }) => `${pixels(x)} ${pixels(y)}`).join('L');
  const ends = [spots.at(-1)?.x ?? 0, spots.at(0)?.x ?? 0].map((x) => `${pixels(x)} ${pixels(bottom)}`);
  const stroke = { fill: 'none', stroke: palette.accent, 'stroke-width': 2, 'stroke-linejoin': 'round' };
  return [
    tag('path', { d: `M${[line, ...ends].join('L')}z`, fill: palette.accent, 'fill-opacity': 0.08 }),
    tag('path', { d: `M${line}`, ...stroke, 'stroke-linecap': 'round' }),
  ];
}

/** Whether there is room for a dot at each spot. */
export function hasRoomForDots(step: number): boolean {
  return step >= CLOSEST_DOTS;
}

/** How large a dot is, by the pixels from one to the next. */
export function dotRadius(step: number): number {
  return Math.min(3.5, Math.max(2, step * 0.17));
}

/** A dot that tells a pointer what it stands for. */
export function dot({ x, y }: Spot, r: number, fill: string, told: string, { palette }: ChartReader): string {
  return tag('circle', { cx: x, cy: y, r, fill, stroke: palette.background }, tag('title', {}, plainText(told)));
}

/** Words above a spot, within the picture and readable before any line. */
export function wordsAbove({ x, y }: Spot, text: string, { palette, width }: ChartReader): string {
  const halo = { stroke: palette.background, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  const middle = Math.min(x, width - textWidth(text) / 2 - 6);
  return tag('g', halo, label(text, middle, y - 10, { fill: palette.ink, bold: true, anchor: 'middle' }));
}
