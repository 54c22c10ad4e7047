import { AXIS_SIZE, bar, baseAxis, pixels, valueAxis } from 'src/common/chart/axes';
import { emptyPicture, headingBottom, picture } from 'src/common/chart/picture';
import { label, plainText, tag, textWidth } from 'src/common/chart/svg';
import { timeTicks } from 'src/common/chart/time-axis';
import { daysText, shortDayText } from 'src/common/i18n/date-texts';
import { weightIn, weightText } from 'src/common/i18n/weight-texts';
import type { Progression } from 'src/modules/performance/statistics/statistics.types';
import { axisText, numberText } from './chart.format';
import type { ChartReader, Say } from './chart.types';
import {
  type ChartPoint,
  type Place,
  type Plot,
  progressionLayout,
  type ProgressionLayout,
} from './progression-chart.rules';

const ID = 'progression';
/** Closer, dots would be a rope: the line alone is clearer. Pixels. */
const CLOSEST_DOTS = 14;

/** How somebody gets on with an exercise: the heaviest weights as a line with their records, the volume as bars. */
export function progressionChart(progression: Progression, reader: ChartReader, say: Say): string {
  const { width, palette, language, locale, unit } = reader;
  const { name: title } = progression.exercise;
  const dates = progression.points.map(({ at }) => at);
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (!first || !last) return emptyPicture(ID, width, { language, title, description: say('empty_exercise') }, palette);
  const points = pointsOf(progression, reader);
  const days = daysText(first, last, locale, reader.timezone);
  const subtitles = [days, ...oneRepMax(progression, reader, say)];
  const top = headingBottom({ subtitles }, width);
  const layout = progressionLayout(
    points,
    { width, top },
    {
      weight: (value) => numberText(value, locale),
      amount: axisText(Math.max(...points.map(({ amount }) => amount)), locale),
    },
  );
  const { height, weights, amounts, time } = layout;
  const content = [
    ...(amounts ? amountPanel(amounts, layout, reader, say(weights ? 'volume' : 'sets', { unit })) : []),
    ...(weights ? weightPanel(weights, layout, reader, say) : []),
    ...baseAxis(timeTicks(dates, time, reader), height - 10, width, palette),
  ];
  const description = describe(progression, days, reader, say);
  return picture(ID, { width, height }, { language, title, subtitles, description }, palette, content);
}

function isLifted({ points }: Progression): boolean {
  return points.some(({ maxWeightKg }) => (maxWeightKg ?? 0) > 0);
}

/** Where nothing is lifted, the sets are what can be drawn. */
function pointsOf(progression: Progression, { unit }: ChartReader): ChartPoint[] {
  const lifted = isLifted(progression);
  return progression.points.map(({ at, maxWeightKg, totalVolumeKg, setsCount, isRecord }) => ({
    at,
    weight: lifted && maxWeightKg !== null ? weightIn(unit, maxWeightKg) : null,
    amount: lifted ? weightIn(unit, totalVolumeKg ?? 0) : setsCount,
    isRecord,
    weightKg: maxWeightKg,
  }));
}

function oneRepMax({ oneRepMax: best }: Progression, { unit, locale }: ChartReader, say: Say): string[] {
  return best ? [say('one_rep_max', { weight: weightText(Math.round(best.epleyKg * 10) / 10, unit, locale) })] : [];
}

function describe(progression: Progression, days: string, { unit, locale }: ChartReader, say: Say): string {
  const { exercise, points } = progression;
  const values = { exercise: exercise.name, days, count: points.length };
  if (!isLifted(progression))
    return say('about_exercise_sets', { ...values, sets: points.reduce((sum, { setsCount }) => sum + setsCount, 0) });
  const best = Math.max(...points.map(({ maxWeightKg }) => maxWeightKg ?? 0));
  return say('about_exercise', { ...values, weight: weightText(best, unit, locale) });
}

function caption(text: string, { box }: Plot, { palette }: ChartReader): string {
  return label(text, box.left, box.top - 9, { fill: palette.ink, size: AXIS_SIZE, bold: true });
}

function weightPanel(plot: Plot, { step }: ProgressionLayout, reader: ChartReader, say: Say): string[] {
  const { palette, unit } = reader;
  const { box, places } = plot;
  const line = places.map(({ x, y }) => `${pixels(x)} ${pixels(y)}`).join('L');
  const ends = [places.at(-1)?.x ?? 0, places.at(0)?.x ?? 0].map((x) => `${pixels(x)} ${pixels(box.bottom)}`);
  const stroke = { fill: 'none', stroke: palette.accent, 'stroke-width': 2, 'stroke-linejoin': 'round' };
  return [
    ...valueAxis(plot.ticks, box, palette),
    caption(say('best_weight', { unit }), plot, reader),
    ...(places.some(({ point }) => point.isRecord) ? recordKey(box, reader, say('record')) : []),
    tag('path', { d: `M${[line, ...ends].join('L')}z`, fill: palette.accent, 'fill-opacity': 0.08 }),
    tag('path', { d: `M${line}`, ...stroke, 'stroke-linecap': 'round' }),
    ...dots(places, step, reader),
    ...lastRecord(places, reader),
  ];
}

function recordKey({ right, top }: Plot['box'], { palette }: ChartReader, text: string): string[] {
  return [
    tag('circle', { cx: right - textWidth(text, AXIS_SIZE) - 9, cy: top - 13, r: 4, fill: palette.highlight }),
    label(text, right, top - 9, { fill: palette.muted, size: AXIS_SIZE, anchor: 'end' }),
  ];
}

/** Records stand before the others, and are there however many points there are. */
function dots(places: readonly Place[], step: number, reader: ChartReader): string[] {
  const { palette } = reader;
  const radius = Math.min(3.5, Math.max(2, step * 0.17));
  const plain = step < CLOSEST_DOTS ? [] : places.filter(({ point }) => !point.isRecord);
  const records = places.filter(({ point }) => point.isRecord);
  const dot = ({ x, y, point }: Place, r: number, fill: string): string =>
    tag('circle', { cx: x, cy: y, r, fill, stroke: palette.background }, told(point, weightOf(point, reader), reader));
  return [
    ...plain.map((place) => dot(place, radius, palette.accent)),
    ...records.map((place) => dot(place, radius + 2, palette.highlight)),
  ];
}

function weightOf({ weightKg }: ChartPoint, { unit, locale }: ChartReader): string {
  return weightText(weightKg ?? 0, unit, locale);
}

/** What a pointer is told that rests on it. */
function told({ at }: ChartPoint, value: string, { locale, timezone }: ChartReader): string {
  return tag('title', {}, plainText(`${shortDayText(at, locale, timezone)} · ${value}`));
}

function lastRecord(places: readonly Place[], reader: ChartReader): string[] {
  const { palette, width } = reader;
  const record = places.findLast(({ point }) => point.isRecord);
  if (!record) return [];
  const text = weightOf(record.point, reader);
  const x = Math.min(record.x, width - textWidth(text) / 2 - 6);
  const halo = { stroke: palette.background, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  return [tag('g', halo, label(text, x, record.y - 10, { fill: palette.ink, bold: true, anchor: 'middle' }))];
}

function amountPanel(plot: Plot, { barWidth }: ProgressionLayout, reader: ChartReader, text: string): string[] {
  const { box, places, ticks } = plot;
  const bars = places
    .filter(({ y }) => y < box.bottom)
    .map(({ x, y, point }) => {
      const amount = numberText(Math.round(point.amount), reader.locale);
      return bar(x - barWidth / 2, barWidth, y, box.bottom, reader.palette.soft, told(point, amount, reader));
    });
  return [...valueAxis(ticks, box, reader.palette), caption(text, plot, reader), ...bars];
}
