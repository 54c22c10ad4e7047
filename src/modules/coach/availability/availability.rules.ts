/** When a coach receives on one weekday: minutes after midnight, half-open. */
export interface WeeklyRange {
  /** 0 = Monday … 6 = Sunday. */
  dayOfWeek: number;
  startMinute: number;
  endMinute: number;
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
