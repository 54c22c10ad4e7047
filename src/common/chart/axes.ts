import { label, tag, textWidth } from './svg';
import type { Scale } from './scale';
import type { Palette } from './theme';

/** Where a plot lies on its picture, in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A place on an axis and what is written there. */
export interface Tick {
  /** Pixels. */
  place: number;
  text: string;
}

/** Of the words above a plot. */
export const CAPTION_HEIGHT = 26;
/** Of what stands below its base. */
export const BASE_HEIGHT = 28;
/** Of the type on axes. */
export const AXIS_SIZE = 11;
const GAP = 8;

export function ticksAt(values: readonly number[], scale: Scale, text: (value: number) => string): Tick[] {
  return values.map((value) => ({ place: scale(value), text: text(value) }));
}

/** How much room the widest of these needs left of a plot. */
export function axisWidth(texts: readonly string[]): number {
  return Math.ceil(Math.max(...texts.map((text) => textWidth(text, AXIS_SIZE)))) + GAP;
}

/** Lines across a plot, and their values left of it. */
export function valueAxis(ticks: readonly Tick[], { left, right }: Box, palette: Palette): string[] {
  return ticks.flatMap(({ place, text }) => [
    tag('line', { x1: left, x2: right, y1: place, y2: place, stroke: palette.grid }),
    label(text, left - GAP, place + 4, { fill: palette.muted, size: AXIS_SIZE, anchor: 'end' }),
  ]);
}

/** Texts below a plot, none of them beyond the edge of the picture and none over the one before. */
export function baseAxis(ticks: readonly Tick[], y: number, width: number, palette: Palette): string[] {
  let free = 0;
  return ticks.flatMap(({ place, text }) => {
    const half = textWidth(text, AXIS_SIZE) / 2;
    const x = Math.min(Math.max(place, half + 4), width - half - 4);
    if (x - half < free) return [];
    free = x + half + GAP;
    return [label(text, x, y, { fill: palette.muted, size: AXIS_SIZE, anchor: 'middle' })];
  });
}

/** A bar that stands on `bottom`, its upper corners rounded. */
export function bar(x: number, width: number, top: number, bottom: number, fill: string, ...content: string[]): string {
  const round = Math.max(0, Math.min(3, width / 2, bottom - top));
  const path =
    `M${pixels(x)} ${pixels(bottom)}V${pixels(top + round)}q0 ${pixels(-round)} ${pixels(round)} ${pixels(-round)}` +
    `H${pixels(x + width - round)}q${pixels(round)} 0 ${pixels(round)} ${pixels(round)}V${pixels(bottom)}z`;
  return tag('path', { d: path, fill }, ...content);
}

/** A number of a path, to the hundredth. */
export function pixels(value: number): string {
  return String(Math.round(value * 100) / 100);
}
