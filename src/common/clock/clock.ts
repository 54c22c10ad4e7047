/** The only source of time. Domain code asks it, SQL gets its answer as a parameter. */
export abstract class Clock {
  abstract now(): Date;

  nowMs(): number {
    return this.now().getTime();
  }
}

/** The clock of production: real time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  override nowMs(): number {
    return Date.now();
  }
}

/** How a movable clock differs from real time: by an offset, or standing still at an instant. */
export interface ClockShift {
  offsetMs: number;
  frozenAtMs: number | null;
}

export const NO_SHIFT: ClockShift = { offsetMs: 0, frozenAtMs: null };

/** The clock of development and tests, which the sandbox moves. */
export class MovableClock extends Clock {
  private shift: ClockShift = NO_SHIFT;

  now(): Date {
    return new Date(this.nowMs());
  }

  override nowMs(): number {
    return this.shift.frozenAtMs ?? Date.now() + this.shift.offsetMs;
  }

  get current(): ClockShift {
    return this.shift;
  }

  apply(shift: ClockShift): void {
    this.shift = shift;
  }
}
