import { axisWidth, baseAxis, type Box, pixels, ticksAt, valueAxis } from 'src/common/chart/axes';
import { headingBottom, MARGIN, picture, type PictureTexts } from 'src/common/chart/picture';
import { linearScale, niceTicks, type Scale } from 'src/common/chart/scale';
import { label, tag } from 'src/common/chart/svg';
import { PALETTES } from 'src/common/chart/theme';
import type { Point, Story, Times } from './year';
import { WEEKS } from './year';

const WIDTH = 960;
const PANEL = 190;
const PANEL_GAP = 46;
const LEGEND = 30;
const FOOT = 40;
const PALETTE = PALETTES.light;

const TEXTS: PictureTexts = {
  language: 'en',
  title: 'A year of training, and what the targets made of it',
  subtitles: ['52 weeks, three trainings a week; every target moved by the rules alone'],
  description:
    'Three charts of a simulated year. In each, the target weight climbs in steps of 2.5 kg below the strength of the ' +
    'lifter, gives way in ill weeks and after a holiday, and comes back.',
};

/** The years of some exercises, one below the other, as SVG. */
export function yearChart(years: readonly { story: Story; points: readonly Point[] }[], times: Times): string {
  const top = headingBottom(TEXTS, WIDTH) + LEGEND;
  const height = top + years.length * (PANEL + PANEL_GAP) + FOOT - PANEL_GAP / 2;
  const panels = years.flatMap(({ story, points }, place) =>
    panel(story, points, times, top + place * (PANEL + PANEL_GAP) + PANEL_GAP / 2),
  );
  return `${picture('progression-year', { width: WIDTH, height }, TEXTS, PALETTE, [...legend(top - LEGEND), ...panels])}\n`;
}

function panel({ name }: Story, points: readonly Point[], times: Times, top: number): string[] {
  const values = points.flatMap(({ targetKg, strengthKg }) => [targetKg ?? strengthKg, strengthKg]);
  // Room for the sign of a step down at the highest target.
  const kilograms = niceTicks(Math.min(...values), Math.max(...values) * 1.05, 4);
  const texts = kilograms.map((value) => `${String(value)} kg`);
  const box: Box = { left: MARGIN + axisWidth(texts), top, right: WIDTH - MARGIN, bottom: top + PANEL };
  const x = linearScale([0, WEEKS], [box.left, box.right]);
  const y = linearScale([kilograms[0] ?? 0, kilograms.at(-1) ?? 1], [box.bottom, box.top]);
  const placeOf = ({ at }: Point): number => x((at.getTime() - Date.UTC(2026, 0, 5)) / (7 * 86_400_000));
  const weeks = Array.from({ length: WEEKS / 4 + 1 }, (_, at) => at * 4);
  return [
    ...shades(times, x, box),
    ...valueAxis(
      ticksAt(kilograms, y, (value) => `${String(value)} kg`),
      box,
      PALETTE,
    ),
    ...baseAxis(
      ticksAt(weeks, x, (week) => (week === 0 ? 'week' : String(week))),
      box.bottom + 18,
      WIDTH,
      PALETTE,
    ),
    label(name, box.left, top - 8, { fill: PALETTE.ink, bold: true }),
    line(
      points.map((point) => [placeOf(point), y(point.strengthKg)]),
      PALETTE.muted,
      '4 3',
    ),
    line(
      steps(points.flatMap((point) => (point.targetKg === null ? [] : [[placeOf(point), y(point.targetKg)]]))),
      PALETTE.accent,
    ),
    ...points
      .filter(({ decision }) => decision.act === 'lower')
      .map((point) => fall(placeOf(point), y(point.targetKg ?? 0))),
  ];
}

/** Weeks that are not as usual. */
function shades({ ill, away }: Times, x: Scale, { top, bottom }: Box): string[] {
  const shade = (week: number, fill: string): string =>
    tag('rect', { x: x(week), y: top, width: x(week + 1) - x(week), height: bottom - top, fill });
  return [...[...ill].map((week) => shade(week, '#f8e3c4')), ...[...away].map((week) => shade(week, PALETTE.grid))];
}

type Place = readonly [x: number, y: number];

/** A target holds until it is changed. */
function steps(places: readonly (readonly number[])[]): Place[] {
  return places.flatMap(([x = 0, y = 0], at) => {
    const before = places[at - 1]?.[1];
    return before === undefined || before === y ? [[x, y] as const] : [[x, before] as const, [x, y] as const];
  });
}

function line(places: readonly Place[], stroke: string, dashes?: string): string {
  const d = places.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${pixels(x)} ${pixels(y)}`).join('');
  return tag('path', { d, fill: 'none', stroke, 'stroke-width': 2, 'stroke-dasharray': dashes });
}

/** A target that was too much. */
function fall(x: number, y: number): string {
  return tag('path', { d: `M${pixels(x - 4)} ${pixels(y - 9)}h8l-4 7z`, fill: PALETTE.highlight });
}

function legend(y: number): string[] {
  const entries: [string, (x: number) => string][] = [
    [
      'target weight',
      (x) =>
        line(
          [
            [x, y + 12],
            [x + 22, y + 12],
          ],
          PALETTE.accent,
        ),
    ],
    [
      'what he can lift',
      (x) =>
        line(
          [
            [x, y + 12],
            [x + 22, y + 12],
          ],
          PALETTE.muted,
          '4 3',
        ),
    ],
    ['two sets missed: one step down', (x) => fall(x + 14, y + 15)],
    ['ill', (x) => tag('rect', { x, y: y + 5, width: 22, height: 13, fill: '#f8e3c4' })],
    ['away', (x) => tag('rect', { x, y: y + 5, width: 22, height: 13, fill: PALETTE.grid })],
  ];
  let x = MARGIN;
  return entries.flatMap(([text, sign]) => {
    const drawn = [sign(x), label(text, x + 28, y + 16, { fill: PALETTE.muted })];
    x += 28 + text.length * 7 + 24;
    return drawn;
  });
}
