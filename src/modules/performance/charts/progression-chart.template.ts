import { AXIS_SIZE, bar, baseAxis, valueAxis } from 'src/common/chart/axes';
import { caption, dot, dotRadius, hasRoomForDots, shadedLine, wordsAbove } from 'src/common/chart/line-plot';
import { axisText, numberText } from 'src/common/chart/number-texts';
import { emptyPicture, headingBottom, picture } from 'src/common/chart/picture';
import type { ChartReader, Say } from 'src/common/chart/reader';
import { label, plainText, tag, textWidth } from 'src/common/chart/svg';
import { timeTicks } from 'src/common/chart/time-axis';
import { daysText, shortDayText } from 'src/common/i18n/date-texts';
import { weightIn, weightText } from 'src/common/i18n/weight-texts';
import type { Progression } from 'src/modules/performance/statistics/statistics.types';
import {
  type ChartPoint,
  type Place,
  type Plot,
  progressionLayout,
  type ProgressionLayout,
} from './progression-chart.rules';

const ID = 'progression';

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

function weightPanel(plot: Plot, { step }: ProgressionLayout, reader: ChartReader, say: Say): string[] {
  const { box, places } = plot;
  return [
    ...valueAxis(plot.ticks, box, reader.palette),
    caption(say('best_weight', { unit: reader.unit }), box, reader),
    ...(places.some(({ point }) => point.isRecord) ? recordKey(box, reader, say('record')) : []),
    ...shadedLine(places, box, reader),
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
  const radius = dotRadius(step);
  const plain = hasRoomForDots(step) ? places.filter(({ point }) => !point.isRecord) : [];
  const records = places.filter(({ point }) => point.isRecord);
  const draw = (place: Place, r: number, fill: string): string =>
    dot(place, r, fill, told(place.point, weightOf(place.point, reader), reader), reader);
  return [
    ...plain.map((place) => draw(place, radius, palette.accent)),
    ...records.map((place) => draw(place, radius + 2, palette.highlight)),
  ];
}

function weightOf({ weightKg }: ChartPoint, { unit, locale }: ChartReader): string {
  return weightText(weightKg ?? 0, unit, locale);
}

/** What a pointer is told that rests on it. */
function told({ at }: ChartPoint, value: string, { locale, timezone }: ChartReader): string {
  return `${shortDayText(at, locale, timezone)} · ${value}`;
}

function lastRecord(places: readonly Place[], reader: ChartReader): string[] {
  const record = places.findLast(({ point }) => point.isRecord);
  return record ? [wordsAbove(record, weightOf(record.point, reader), reader)] : [];
}

function amountPanel(plot: Plot, { barWidth }: ProgressionLayout, reader: ChartReader, text: string): string[] {
  const { box, places, ticks } = plot;
  const bars = places
    .filter(({ y }) => y < box.bottom)
    .map(({ x, y, point }) => {
      const amount = numberText(Math.round(point.amount), reader.locale);
      return bar(
        x - barWidth / 2,
        barWidth,
        y,
        box.bottom,
        reader.palette.soft,
        tag('title', {}, plainText(told(point, amount, reader))),
      );
    });
  return [...valueAxis(ticks, box, reader.palette), caption(text, box, reader), ...bars];
}
