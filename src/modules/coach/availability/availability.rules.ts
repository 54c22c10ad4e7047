/** Hours of one weekday: minutes after midnight, half-open. */
export interface WeeklyHours {
  /** 0 = Monday … 6 = Sunday. */
  dayOfWeek: number;
  startMinute: number;
  endMinute: number;
}

/** When a coach receives on one weekday. */
export interface WeeklyRange extends WeeklyHours {
  active: boolean;
}

/** Hours with the days ahead that the profile lets clients book, which hold for the ranges that name none. */
export interface OfferedHours<T> {
  hours: T;
  horizonDays: number;
}

/** A range of one day as the wire writes it. */
export interface ClockRange {
  start: string;
  end: string;
}

export interface WorkDay {
  dayOfWeek: number;
  ranges: ClockRange[];
}

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;

/** `HH:MM` in minutes after midnight. */
export function minuteOf(clockTime: string): number {
  return Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3, 5));
}

/** Minutes after midnight as `HH:MM`; the end of the day is `24:00`. */
export function clockTime(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A range ends on the day it starts, after it started. */
export function isRange({ startMinute, endMinute }: Pick<WeeklyRange, 'startMinute' | 'endMinute'>): boolean {
  return startMinute < endMinute;
}

/** The seven days of a coach's week with the ranges in which he receives, in order. */
export function workWeek(ranges: readonly WeeklyRange[]): WorkDay[] {
  return WEEK.map((dayOfWeek) => ({
    dayOfWeek,
    ranges: ranges
      .filter((range) => range.active && range.dayOfWeek === dayOfWeek)
      .sort((left, right) => left.startMinute - right.startMinute)
      .map(({ startMinute, endMinute }) => ({ start: clockTime(startMinute), end: clockTime(endMinute) })),
  }));
}

/** Ranges of one day, each of which begins when the one before has ended, or later. */
export function inOrder(ranges: readonly Pick<WeeklyHours, 'startMinute' | 'endMinute'>[]): boolean {
  return ranges.every(({ startMinute }, place) => {
    const before = ranges[place - 1];
    return before === undefined || !(startMinute < before.endMinute);
  });
}

/** What becomes of a coach's rows when a whole week is written anew. */
export interface RewrittenWeek<T> {
  kept: T[];
  removed: T[];
  added: WeeklyHours[];
}

/** A row of exactly the same hours stays, also one that was switched off; every other row goes (rules §2.2.8). */
export function rewrittenWeek<T extends WeeklyHours>(
  rows: readonly T[],
  wanted: readonly WeeklyHours[],
): RewrittenWeek<T> {
  const key = ({ dayOfWeek, startMinute, endMinute }: WeeklyHours): string =>
    [dayOfWeek, startMinute, endMinute].join(' ');
  const asked = new Set(wanted.map(key));
  const there = new Set(rows.map(key));
  return {
    kept: rows.filter((row) => asked.has(key(row))),
    removed: rows.filter((row) => !asked.has(key(row))),
    added: wanted.filter((hours) => !there.has(key(hours))),
  };
}
