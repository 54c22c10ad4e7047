import { AXIS_SIZE, bar, baseAxis, type Tick, valueAxis } from 'src/common/chart/axes';
import { caption } from 'src/common/chart/line-plot';
import { axisText, numberText } from 'src/common/chart/number-texts';
import { emptyPicture, headingBottom, picture } from 'src/common/chart/picture';
import type { ChartReader, Say } from 'src/common/chart/reader';
import { fitted, label, plainText, tag } from 'src/common/chart/svg';
import { standApart } from 'src/common/chart/time-axis';
import { daysText, shortDayText } from 'src/common/i18n/date-texts';
import { weightIn, weightText } from 'src/common/i18n/weight-texts';
import type { WeekSeries, WeekVolume } from 'src/modules/performance/statistics/statistics.types';
import { type NamedMuscle, ROW_BAR, type WeekLayout, weekLayout } from './week-chart.rules';

const ID = 'weeks';

/**
 * Week by week what was moved, and which muscles worked. Where nothing was lifted the bars are sessions.
 *
 * @param nameOf a muscle in the words of the reader
 */
export function weekChart(
  series: WeekSeries,
  reader: ChartReader,
  say: Say,
  nameOf: (muscle: string) => string,
): string {
  const { weeks, work } = series;
  const { width, palette, language, locale, timezone, unit } = reader;
  const title = say('weeks');
  const [first, last] = [weeks.at(0), weeks.at(-1)];
  if (!first || !last || weeks.every(({ sessionsCount }) => sessionsCount === 0))
    return emptyPicture(ID, width, { language, title, description: say('empty_weeks') }, palette);
  const isLifted = weeks.some(({ volumeKg }) => volumeKg > 0);
  const muscles = work.muscles.map(({ muscle, sets }) => ({ name: nameOf(muscle), sets }));
  const amounts = weeks.map((week) => (isLifted ? weightIn(unit, week.volumeKg) : week.sessionsCount));
  const amountText = axisText(Math.max(...amounts), locale);
  // The instant of its end belongs to the week after.
  const days = daysText(first.from, new Date(last.to.getTime() - 1), locale, timezone);
  const texts = { language, title, subtitles: [days], description: describe(series, days, reader, say, muscles) };
  const layout = weekLayout({ width, top: headingBottom(texts, width), amounts, isLifted, amountText, muscles });
  return picture(ID, { width, height: layout.height }, texts, palette, [
    ...valueAxis(layout.ticks, layout.box, palette),
    caption(say(isLifted ? 'volume_by_week' : 'sessions_by_week', { unit }), layout.box, reader),
    ...weekBars(
      weeks,
      amounts.map((amount) => numberText(Math.round(amount), locale)),
      layout,
      reader,
    ),
    ...(layout.muscles ? muscleBars(muscles, layout.muscles, reader, say('muscles')) : []),
  ]);
}

function describe(
  { weeks }: WeekSeries,
  days: string,
  { unit, locale }: ChartReader,
  say: Say,
  muscles: readonly NamedMuscle[],
): string {
  const count = weeks.reduce((sum, { sessionsCount }) => sum + sessionsCount, 0);
  const volumeKg = Math.round(weeks.reduce((sum, week) => sum + week.volumeKg, 0));
  const worked = muscles.map(({ name, sets }) => say('muscle_sets', { muscle: name, sets })).join(', ');
  return [
    say('about_weeks', { days, count, volume: weightText(volumeKg, unit, locale) }),
    ...(worked ? [`${say('muscles')}. ${worked}.`] : []),
  ].join(' ');
}

/** The running week stands out: it is not over. */
function weekBars(
  weeks: readonly WeekVolume[],
  amounts: readonly string[],
  { bars, box }: WeekLayout,
  { palette, locale, timezone, width }: ChartReader,
): string[] {
  const days = weeks.map(({ from }) => shortDayText(from, locale, timezone));
  const drawn = bars.flatMap(({ x, width: barWidth, top }, place) => {
    if (top >= box.bottom) return [];
    const told = tag('title', {}, plainText(`${days[place] ?? ''} · ${amounts[place] ?? ''}`));
    const isRunning = place === bars.length - 1;
    return [bar(x, barWidth, top, box.bottom, isRunning ? palette.accent : palette.soft, told)];
  });
  const ticks = bars.map(({ x, width: barWidth }, place) => ({ place: x + barWidth / 2, text: days[place] ?? '' }));
  return [...drawn, ...baseAxis(spacedBack(ticks), box.bottom + 18, width, palette)];
}

/** Every one, every second … counted back from this week, so that each has its room. */
function spacedBack(ticks: readonly Tick[]): Tick[] {
  for (let step = 1; step < ticks.length; step += 1) {
    const some = ticks.filter((_, place) => (ticks.length - 1 - place) % step === 0);
    if (standApart(some)) return some;
  }
  return ticks.slice(-1);
}

function muscleBars(
  muscles: readonly NamedMuscle[],
  { left, top, start, rows }: NonNullable<WeekLayout['muscles']>,
  reader: ChartReader,
  title: string,
): string[] {
  const { palette } = reader;
  return [
    caption(title, { left: start, top }, reader),
    ...muscles.flatMap(({ name, sets }, place) => {
      const row = rows[place];
      if (!row) return [];
      const shape = { x: left, y: row.y - ROW_BAR + 1, width: row.width, height: ROW_BAR, rx: 3, fill: palette.accent };
      return [
        label(fitted(name, left - start - 8), start, row.y, { fill: palette.ink }),
        tag('rect', shape),
        label(String(sets), left + row.width + 6, row.y, { fill: palette.muted, size: AXIS_SIZE }),
      ];
    }),
  ];
}
