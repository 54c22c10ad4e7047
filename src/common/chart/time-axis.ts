import { monthText, shortDayText, yearText } from 'src/common/i18n/date-texts';
import { AXIS_SIZE, type Tick } from './axes';
import { type CalendarTick, calendarTicks, type Grain } from './calendar-ticks';
import type { Scale } from './scale';
import { textWidth } from './svg';

/** Between two dates, pixels. */
const AIR = 12;

export interface Calendar {
  locale: string;
  timezone: string;
}

const WORDS: Readonly<Record<Grain, typeof shortDayText>> = { day: shortDayText, month: monthText, year: yearText };

/**
 * What to write below an axis of time: each of the days that are shown, as long as there is room for all of them, else
 * round dates.
 *
 * @param instants oldest first
 * @param scale from milliseconds to pixels
 */
export function timeTicks(instants: readonly Date[], scale: Scale, { locale, timezone }: Calendar): Tick[] {
  const [first, last] = [instants.at(0), instants.at(-1)];
  if (!first || !last) return [];
  const written = ({ at, grain }: CalendarTick): Tick => ({
    place: scale(at.getTime()),
    text: WORDS[grain](at, locale, timezone),
  });
  const days = instants
    .map((at) => written({ at, grain: 'day' }))
    .filter(({ text }, place, all) => text !== all[place - 1]?.text);
  if (standApart(days)) return days;
  return calendarTicks(first, last, timezone, (ticks) => standApart(ticks.map(written))).map(written);
}

/** Whether each text has its room. */
export function standApart(ticks: readonly Tick[]): boolean {
  return ticks.every(({ place, text }, at) => {
    const before = ticks[at - 1];
    if (!before) return true;
    return place - before.place >= (textWidth(text, AXIS_SIZE) + textWidth(before.text, AXIS_SIZE)) / 2 + AIR;
  });
}
