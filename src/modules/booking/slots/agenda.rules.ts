import { MINUTE_MS } from 'src/common/clock/durations';
import type { Interval, SlotScene, TakenStart } from './slot.types';

/** What stands in the way of a session: `buffer` touches only the free time around another one. */
export type Obstacle = 'overlap' | 'buffer';

/** Where the coach is and is not, prepared so that each question costs a few binary searches. Epoch milliseconds. */
export class CoachAgenda {
  private readonly timeOff: BusyTimes;
  private readonly elsewhere: BusyTimes;
  private readonly sessions: CoachSessions;

  constructor({
    calendar,
    taken,
    elsewhere,
    timeOff,
  }: Pick<SlotScene, 'calendar' | 'taken' | 'elsewhere' | 'timeOff'>) {
    this.timeOff = new BusyTimes(timeOff);
    this.elsewhere = new BusyTimes(elsewhere);
    this.sessions = new CoachSessions(taken, calendar.bufferMin * MINUTE_MS);
  }

  /** Check 7 of rules §1.3. */
  isOff(start: number, end: number): boolean {
    return this.timeOff.overlaps(start, end);
  }

  /** Check 10; as somebody else's client the coach is only away, which asks for no buffer. */
  obstacle(start: number, end: number): Obstacle | null {
    return this.elsewhere.overlaps(start, end) ? 'overlap' : this.sessions.obstacle(start, end);
  }

  /** Seats gone at exactly this start. */
  takenAt(start: number): number {
    return this.sessions.takenAt(start);
  }
}

/** Intervals prepared once so that each overlap question is one binary search. Epoch milliseconds. */
export class BusyTimes {
  private readonly starts: number[];
  /** Latest end among the intervals up to each position: they may overlap and contain each other. */
  private readonly latestEnds: number[] = [];

  constructor(intervals: readonly Interval[]) {
    const sorted = intervals
      .map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() }))
      .sort((a, b) => a.start - b.start);
    this.starts = sorted.map(({ start }) => start);
    let latest = -Infinity;
    for (const { end } of sorted) {
      latest = Math.max(latest, end);
      this.latestEnds.push(latest);
    }
  }

  /** Whether any interval overlaps `[start, end)`. */
  overlaps(start: number, end: number): boolean {
    return (this.latestEnds[countBelow(this.starts, end) - 1] ?? -Infinity) > start;
  }
}

/** The coach's own sessions, one entry per start, sorted. Epoch milliseconds. */
class CoachSessions {
  private readonly starts: number[] = [];
  private readonly seats: number[] = [];
  private readonly latestEnds: number[] = [];
  private readonly lengths: Set<number>[] = [];

  constructor(
    taken: readonly TakenStart[],
    private readonly buffer: number,
  ) {
    const sorted = [...taken].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    let latestEnd = -Infinity;
    for (const row of sorted) {
      const start = row.startsAt.getTime();
      const end = row.endsAt.getTime();
      latestEnd = Math.max(latestEnd, end);
      if (this.starts.at(-1) !== start) {
        this.starts.push(start);
        this.seats.push(0);
        this.latestEnds.push(latestEnd);
        this.lengths.push(new Set());
      }
      const last = this.starts.length - 1;
      this.seats[last] = (this.seats[last] ?? 0) + row.taken;
      this.latestEnds[last] = latestEnd;
      // An offer to the booker himself gives way to his booking, whatever its length.
      if (row.taken > 0) this.lengths[last]?.add(end - start);
    }
  }

  takenAt(start: number): number {
    const at = countBelow(this.starts, start);
    return this.starts[at] === start ? (this.seats[at] ?? 0) : 0;
  }

  /** Overlap wins over buffer. */
  obstacle(start: number, end: number): Obstacle | null {
    const at = countBelow(this.starts, start);
    const shared = this.starts[at] === start;
    const previousEnd = this.latestEnds[at - 1] ?? -Infinity;
    const nextStart = this.starts[shared ? at + 1 : at] ?? Infinity;
    const lengths = shared ? this.lengths[at] : undefined;
    const isOtherLength = lengths !== undefined && [...lengths].some((length) => length !== end - start);
    if (previousEnd > start || nextStart < end || isOtherLength) return 'overlap';
    return previousEnd + this.buffer > start || nextStart < end + this.buffer ? 'buffer' : null;
  }
}

/** How many of the sorted numbers are below a limit: the position of the first that is not. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
