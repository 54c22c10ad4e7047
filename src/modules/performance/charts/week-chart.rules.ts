import { AXIS_SIZE, axisWidth, BASE_HEIGHT, type Box, CAPTION_HEIGHT, type Tick, ticksAt } from 'src/common/chart/axes';
import { MARGIN } from 'src/common/chart/picture';
import { linearScale, niceTicks } from 'src/common/chart/scale';
import { textWidth } from 'src/common/chart/svg';

export interface NamedMuscle {
  /** In the words of the reader. */
  name: string;
  sets: number;
}

export interface WeekBar {
  x: number;
  width: number;
  /** Of the bar. */
  top: number;
}

export interface MuscleRow {
  /** Foot of the words. */
  y: number;
  width: number;
}

/** Where everything stands, in pixels. */
export interface WeekLayout {
  height: number;
  box: Box;
  ticks: Tick[];
  bars: WeekBar[];
  /** Null where no muscle worked. Names begin at `start`, bars at `left`. */
  muscles: { start: number; left: number; top: number; rows: MuscleRow[] } | null;
}

export interface WeekLayoutInput {
  width: number;
  /** Where the heading ends. */
  top: number;
  /** One for each week. */
  amounts: readonly number[];
  /** Else they are sessions, of which there are no halves. */
  isLifted: boolean;
  amountText: (value: number) => string;
  /** Most sets first. */
  muscles: readonly NamedMuscle[];
}

/** From here on the two stand side by side. */
const SIDE_BY_SIDE = 640;
const ROW = 22;
/** Of a muscle's bar. */
export const ROW_BAR = 10;

/** The weeks as bars, and how often each muscle worked: beside them, or below on a narrow picture. */
export function weekLayout({ width, top, amounts, isLifted, amountText, muscles }: WeekLayoutInput): WeekLayout {
  const isWide = width >= SIDE_BY_SIDE && muscles.length > 0;
  const right = isWide ? Math.round(width * 0.58) : width - MARGIN;
  const rowsHeight = CAPTION_HEIGHT + muscles.length * ROW;
  const plain = Math.round(Math.min(280, Math.max(150, width * 0.3)));
  const plotHeight = isWide ? Math.max(plain, rowsHeight - CAPTION_HEIGHT - BASE_HEIGHT) : plain;
  const values = niceTicks(0, Math.max(0, ...amounts), 4, { whole: !isLifted });
  const left = MARGIN + axisWidth(values.map(amountText));
  const box = { left, top: top + CAPTION_HEIGHT, right, bottom: top + CAPTION_HEIGHT + plotHeight };
  const scale = linearScale([0, values.at(-1) ?? 1], [box.bottom, box.top]);
  const slot = (right - left) / amounts.length;
  const barWidth = Math.max(2, Math.min(34, slot * 0.68));
  const bars = amounts.map((amount, place) => ({
    x: left + slot * (place + 0.5) - barWidth / 2,
    width: barWidth,
    top: scale(amount),
  }));
  const below = box.bottom + BASE_HEIGHT;
  const rows = muscleRows(muscles, isWide ? right + 28 : MARGIN, width - MARGIN, isWide ? top : below);
  const height = isWide ? Math.max(below, top + rowsHeight + 12) : below + (rows ? rowsHeight + 10 : 0);
  return { height: Math.ceil(height), box, ticks: ticksAt(values, scale, amountText), bars, muscles: rows };
}

function muscleRows(
  muscles: WeekLayoutInput['muscles'],
  start: number,
  right: number,
  top: number,
): WeekLayout['muscles'] {
  const most = Math.max(0, ...muscles.map(({ sets }) => sets));
  if (most === 0) return null;
  const words = Math.max(...muscles.map(({ name }) => textWidth(name)));
  const left = start + Math.min(words + 10, (right - start) * 0.5);
  const figures = textWidth(String(most), AXIS_SIZE) + 8;
  const scale = linearScale([0, most], [0, right - figures - left]);
  const rows = muscles.map(({ sets }, place) => ({ y: top + CAPTION_HEIGHT + place * ROW + 14, width: scale(sets) }));
  return { start, left, top: top + CAPTION_HEIGHT, rows };
}
