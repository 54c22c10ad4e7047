import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ClockShift, MovableClock, NO_SHIFT, SystemClock } from 'src/common/clock/clock';
import { DatabaseListener } from 'src/common/notices/database-listener';
import { CLOCK_CHANGED, SandboxClockRepository } from './sandbox-clock.repository';

/** Where the clock of the product stands. */
export interface ClockState {
  now: Date;
  /** It no longer follows real time. */
  moved: boolean;
  /** It stands still until it is advanced. */
  frozen: boolean;
}

/** Moves the clock of all processes. The shift lives in the database, and every process hears of its changes. */
@Injectable()
export class SandboxClockService implements OnModuleInit {
  private readonly realTime = new SystemClock();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: MovableClock,
    private readonly shifts: SandboxClockRepository,
    private readonly notices: DatabaseListener,
  ) {}

  async onModuleInit(): Promise<void> {
    this.notices.on(CLOCK_CHANGED, () => this.follow());
    // What was said while nobody listened is made up for.
    this.notices.onReconnect(() => this.follow());
    await this.follow();
  }

  state(): ClockState {
    const { offsetMs, frozenAtMs } = this.clock.current;
    return { now: this.clock.now(), moved: offsetMs !== 0 || frozenAtMs !== null, frozen: frozenAtMs !== null };
  }

  /** Puts the clock to an instant, where it stands or from where it runs on; null is real time again. */
  async set(now: Date | null, frozen: boolean): Promise<ClockState> {
    if (now === null) await this.shift(NO_SHIFT);
    else if (frozen) await this.freezeAt(now.getTime());
    else await this.runFrom(now.getTime());
    return this.state();
  }

  /** @param ms since 1970, as in `runFrom` */
  async freezeAt(ms: number): Promise<void> {
    await this.shift({ offsetMs: 0, frozenAtMs: ms });
  }

  /** It runs on from there at the pace of real time. */
  async runFrom(ms: number): Promise<void> {
    await this.shift({ offsetMs: ms - this.realTime.nowMs(), frozenAtMs: null });
  }

  private async shift(shift: ClockShift): Promise<void> {
    await this.shifts.save(shift);
    await this.follow();
  }

  /** One after another: of two readings that cross, the older one must not be applied last. */
  private follow(): Promise<void> {
    const reading = this.reading
      .catch(() => undefined)
      .then(async () => {
        this.clock.apply(await this.shifts.find());
      });
    this.reading = reading;
    return reading;
  }
}
