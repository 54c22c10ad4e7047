import { Injectable } from '@nestjs/common';
import { SystemClock } from 'src/common/clock/clock';
import { pausedUntil, refusedUntil } from './strava-quota.rules';

/**
 * How much Strava lets all our users together ask, as its last answers to this process say. What is nearly used up is
 * left to people who wait for an answer: jobs come again later. It is Strava's time that passes, so it is the real one.
 */
@Injectable()
export class StravaQuota {
  private readonly clock = new SystemClock();
  private jobsFrom = 0;

  /** What an answer says of the requests so far. */
  heard(headers: Headers): void {
    this.jobsFrom = Math.max(this.jobsFrom, pausedUntil(headers, this.clock.nowMs()) ?? 0);
  }

  /** It was one request too many. @returns how long that lasts where the answer itself does not say */
  refused(headers: Headers): number {
    const nowMs = this.clock.nowMs();
    const until = refusedUntil(headers, nowMs);
    this.jobsFrom = Math.max(this.jobsFrom, until);
    return until - nowMs;
  }

  /** How long a job has to wait; 0 = it need not. */
  jobWaitMs(): number {
    return Math.max(0, this.jobsFrom - this.clock.nowMs());
  }
}
