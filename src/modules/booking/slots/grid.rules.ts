import { DAY_MS, MINUTE_MS } from 'src/common/clock/durations';
import type { AvailabilityWindow } from 'src/modules/coach/coach.types';
import type { CoachCalendar } from './slot.types';
import { WallClock } from './wall-clock';

/** One start of the grid; instants in epoch milliseconds. */
export interface GridStart {
  start: number;
  window: AvailabilityWindow;
}

/** More than the distance from an instant to either end of its local day, a skipped day included. */
const MARGIN = 3 * DAY_MS;

/**
 * The starts a coach offers between two instants (rules §2.2.1-2), before anything that happens on them. The positions
 * depend on the session length and the buffer alone; the duration asked only has to fit in the window.
 */
export class Grid {
  private readonly clock: WallClock;
  private readonly step: number;
  private readonly week: AvailabilityWindow[][];

  /** Knows the grid for sessions that start in `[from, to]`, epoch milliseconds. */
  constructor(calendar: CoachCalendar, from: number, to: number) {
    this.clock = new WallClock(calendar.timezone, from - MARGIN, to + MARGIN);
    this.step = (calendar.sessionDurationMin + calendar.bufferMin) * MINUTE_MS;
    this.week = [0, 1, 2, 3, 4, 5, 6].map((day) =>
      calendar.windows
        .filter((window) => window.active && window.dayOfWeek === day)
        .sort((a, b) => a.startMinute - b.startMinute),
    );
  }

  /** The window whose grid has this start and which holds the session to its end; null when the coach offers none. */
  windowAt(start: number, end: number): AvailabilityWindow | null {
    const wall = this.clock.read(start);
    // The second occurrence of a repeated reading is not on the grid.
    if (this.clock.reach(wall) !== start) return null;
    const day = Math.floor(wall / DAY_MS);
    for (const window of this.windowsOf(day)) {
      const sinceOpening = wall - day * DAY_MS - window.startMinute * MINUTE_MS;
      if (sinceOpening >= 0 && sinceOpening % this.step === 0 && end <= this.closing(day, window)) return window;
    }
    return null;
  }

  /** The starts in `[from, to)` whose session of `duration` milliseconds fits, in order. */
  starts(from: number, to: number, duration: number): GridStart[] {
    const starts: GridStart[] = [];
    // One day more: where clocks go back over midnight, a start of tomorrow comes before instants that read today again.
    const lastDay = Math.floor(this.clock.read(to) / DAY_MS) + 1;
    for (let day = Math.floor(this.clock.read(from) / DAY_MS); day <= lastDay; day++)
      for (const window of this.windowsOf(day)) this.collect(starts, window, day, from, to, duration);
    return starts;
  }

  private collect(
    starts: GridStart[],
    window: AvailabilityWindow,
    day: number,
    from: number,
    to: number,
    duration: number,
  ): void {
    const latest = this.closing(day, window) - duration;
    const lastWall = day * DAY_MS + window.endMinute * MINUTE_MS;
    for (let wall = day * DAY_MS + window.startMinute * MINUTE_MS; wall < lastWall; wall += this.step) {
      const start = this.clock.reach(wall);
      if (start > latest || start >= to) return;
      if (start >= from && this.clock.read(start) === wall) starts.push({ start, window });
    }
  }

  private windowsOf(day: number): AvailabilityWindow[] {
    // Day 0, 1 January 1970, was a Thursday.
    return this.week[(((day + 3) % 7) + 7) % 7] ?? [];
  }

  private closing(day: number, window: AvailabilityWindow): number {
    return this.clock.reach(day * DAY_MS + window.endMinute * MINUTE_MS);
  }
}
