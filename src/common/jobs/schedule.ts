import { DAY_MS, HOUR_MS, MINUTE_MS } from 'src/common/clock/durations';

/** When a periodic job ticks, in UTC: every so many minutes, shifted from midnight. */
export class Schedule {
  private constructor(
    /** What `@Cron` takes. */
    readonly cron: string,
    private readonly periodMs: number,
    private readonly offsetMs: number,
  ) {}

  static everyMinute(): Schedule {
    return new Schedule('* * * * *', MINUTE_MS, 0);
  }

  /** From midnight on. @param hours that a day is made of: 1, 2, 3, 4, 6, 8 or 12 */
  static everyHours(hours: number): Schedule {
    return new Schedule(`0 */${hours} * * *`, hours * HOUR_MS, 0);
  }

  static dailyAt(hour: number, minute: number): Schedule {
    return new Schedule(`${minute} ${hour} * * *`, DAY_MS, hour * HOUR_MS + minute * MINUTE_MS);
  }

  /** The latest tick at or before an instant. */
  tickAt(atMs: number): number {
    return Math.floor((atMs - this.offsetMs) / this.periodMs) * this.periodMs + this.offsetMs;
  }

  /** The first tick at or after an instant. */
  tickFrom(atMs: number): number {
    return Math.ceil((atMs - this.offsetMs) / this.periodMs) * this.periodMs + this.offsetMs;
  }
}
