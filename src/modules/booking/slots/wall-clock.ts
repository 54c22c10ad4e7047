import { Temporal } from 'temporal-polyfill';

interface Span {
  from: number;
  offset: number;
}

/**
 * The clock on the wall of a zone, for a stretch of time. The changes of offset are looked up once (a handful of
 * microseconds each), after which every conversion is integer arithmetic: converting each slot by itself would cost
 * more than everything else in a listing. Wall readings are written as the epoch milliseconds that the same reading
 * would have in UTC.
 */
export class WallClock {
  private readonly spans: Span[];

  /** `from` and `to` in epoch milliseconds; readings outside of them are not reliable. */
  constructor(timezone: string, from: number, to: number) {
    let moment = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone);
    this.spans = [{ from: -Infinity, offset: moment.offsetNanoseconds / 1e6 }];
    for (;;) {
      const change = moment.getTimeZoneTransition('next');
      if (!change || change.epochMilliseconds > to) return;
      this.spans.push({ from: change.epochMilliseconds, offset: change.offsetNanoseconds / 1e6 });
      moment = change;
    }
  }

  /** What the clock shows at an instant. */
  read(instant: number): number {
    let wall = NaN;
    for (const span of this.spans) {
      if (instant < span.from) break;
      wall = instant + span.offset;
    }
    return wall;
  }

  /**
   * The first instant at which the clock has reached a reading: the first occurrence of one that comes twice, the end
   * of the gap for one that never comes (rules §2.2.2). So a reading exists that day when `read(reach(wall)) === wall`.
   */
  reach(wall: number): number {
    let reached = NaN;
    for (const span of this.spans) {
      if (reached < span.from) break;
      reached = Math.max(wall - span.offset, span.from);
    }
    return reached;
  }
}
