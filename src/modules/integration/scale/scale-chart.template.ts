import { baseAxis, valueAxis } from 'src/common/chart/axes';
import { caption, dot, dotRadius, hasRoomForDots, shadedLine, wordsAbove } from 'src/common/chart/line-plot';
import { numberText } from 'src/common/chart/number-texts';
import { emptyPicture, headingBottom, picture } from 'src/common/chart/picture';
import type { ChartReader, Say } from 'src/common/chart/reader';
import { timeTicks } from 'src/common/chart/time-axis';
import { daysText, shortDayText } from 'src/common/i18n/date-texts';
import { numberFormat } from 'src/common/i18n/intl-formats';
import { weightIn, weightText } from 'src/common/i18n/weight-texts';
import type { Reading } from './scale.types';
import { scaleLayout, type ScalePlot, type ScalePoint } from './scale-chart.rules';

const ID = 'scale';
const PERCENT: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 2 };

type Drawn = Pick<Reading, 'measuredAt' | 'weightKg' | 'fatPct'>;

/** How somebody's weight goes, and the body fat below it where it is told. @param readings oldest first */
export function scaleChart(readings: readonly Drawn[], reader: ChartReader, say: Say): string {
  const { width, palette, language, locale, timezone, unit } = reader;
  const title = say('title');
  const [first, last] = [readings.at(0), readings.at(-1)];
  if (!first || !last) return emptyPicture(ID, width, { language, title, description: say('empty') }, palette);
  const points = readings.map(({ measuredAt, weightKg, fatPct }) => ({
    ...{ at: measuredAt, weight: weightIn(unit, weightKg), weightKg, fatPct },
  }));
  const dates = points.map(({ at }) => at);
  const days = daysText(first.measuredAt, last.measuredAt, locale, timezone);
  const subtitles = [days, say('latest', { weight: weightText(last.weightKg, unit, locale) })];
  const layout = scaleLayout(points, { width, top: headingBottom({ subtitles }, width) }, (value) =>
    numberText(value, locale),
  );
  const { height, weights, fats, step, time } = layout;
  const content = [
    ...panel(weights, step, say('weight', { unit }), reader, (point) => weightText(point.weightKg, unit, locale)),
    ...(fats ? panel(fats, step, say('fat'), reader, (point) => percentText(point.fatPct ?? 0, locale)) : []),
    ...baseAxis(timeTicks(dates, time, reader), height - 10, width, palette),
  ];
  const description = describe(readings, days, reader, say);
  return picture(ID, { width, height }, { language, title, subtitles, description }, palette, content);
}

function percentText(percent: number, locale: string): string {
  return numberFormat(locale, PERCENT).format(percent / 100);
}

function describe(readings: readonly Drawn[], days: string, { unit, locale }: ChartReader, say: Say): string {
  const weights = readings.map(({ weightKg }) => weightKg);
  const fat = readings.findLast(({ fatPct }) => fatPct !== null)?.fatPct;
  const values = {
    first: weights.at(0),
    last: weights.at(-1),
    least: Math.min(...weights),
    most: Math.max(...weights),
  };
  const texts = Object.entries(values).map(([name, weight]) => [name, weightText(weight ?? 0, unit, locale)] as const);
  return [
    say('about', { days, count: readings.length, ...Object.fromEntries(texts) }),
    ...(typeof fat === 'number' ? [say('about_fat', { fat: percentText(fat, locale) })] : []),
  ].join(' ');
}

/** The latest is what everybody looks for: it has its words, and its dot however many there are. */
function panel(
  { box, ticks, spots }: ScalePlot,
  step: number,
  title: string,
  reader: ChartReader,
  textOf: (point: ScalePoint) => string,
): string[] {
  const { palette, locale, timezone } = reader;
  const latest = spots.at(-1);
  const draw = (spot: ScalePlot['spots'][number], r: number, fill: string): string =>
    dot(spot, r, fill, `${shortDayText(spot.point.at, locale, timezone)} · ${textOf(spot.point)}`, reader);
  return [
    ...valueAxis(ticks, box, palette),
    caption(title, box, reader),
    ...shadedLine(spots, box, reader),
    ...(hasRoomForDots(step) ? spots.slice(0, -1) : []).map((spot) => draw(spot, dotRadius(step), palette.accent)),
    ...(latest
      ? [draw(latest, dotRadius(step) + 2, palette.accent), wordsAbove(latest, textOf(latest.point), reader)]
      : []),
  ];
}
