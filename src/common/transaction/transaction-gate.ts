import { ServiceUnavailable } from 'src/common/errors/domain.error';

/** Nobody got through for so long: the database is stuck, not busy. */
const STUCK_MS = 2_000;
/** Who has less left than that is not sent after somebody who came back without an answer: he would come back late. */
const LAST_MS = 500;
/** Longer than that nobody should wait, however steadily the queue moves. */
const PATIENCE_MS = 8_000;

interface Waiter {
  enter: () => void;
  refuse: (error: Error) => void;
  timer: NodeJS.Timeout;
  since: number;
}

/**
 * Lets so many transactions in at once and makes the others wait in memory, where waiting costs no connection. A rush
 * on one coach is worked off in order, while a database that has stopped answering refuses everybody within seconds:
 * what counts is not how long somebody waited, but whether anybody is getting through.
 */
export class TransactionGate {
  private readonly waiting: Waiter[] = [];
  private free: number;
  private lastThrough = 0;

  constructor(places: number) {
    this.free = places;
  }

  /** @throws ServiceUnavailable when nothing moves */
  async enter(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    await new Promise<void>((enter, refuse) => {
      const waiter: Waiter = { enter, refuse, since: performance.now(), timer: this.watch(() => waiter) };
      this.waiting.push(waiter);
    });
  }

  /** @param isThrough false for who came back because the database did not answer: that is no sign of movement */
  leave(isThrough = true): void {
    if (isThrough) this.lastThrough = performance.now();
    else this.refuseLate();
    const next = this.waiting.shift();
    if (!next) {
      this.free += 1;
      return;
    }
    clearTimeout(next.timer);
    next.enter();
  }

  /** Those at the head of the queue who would be refused in a moment, so that they hear it after two seconds, not four. */
  private refuseLate(): void {
    const now = performance.now();
    const isLate = ({ since }: Waiter): boolean =>
      now - this.lastThrough >= STUCK_MS && now - since > STUCK_MS - LAST_MS;
    for (let [head] = this.waiting; head && isLate(head); [head] = this.waiting) this.refuse(head);
  }

  private watch(of: () => Waiter): NodeJS.Timeout {
    return setTimeout(() => {
      this.review(of());
    }, STUCK_MS);
  }

  private review(waiter: Waiter): void {
    const now = performance.now();
    if (now - this.lastThrough < STUCK_MS && now - waiter.since < PATIENCE_MS) {
      waiter.timer = this.watch(() => waiter);
      return;
    }
    this.refuse(waiter);
  }

  private refuse(waiter: Waiter): void {
    clearTimeout(waiter.timer);
    this.waiting.splice(this.waiting.indexOf(waiter), 1);
    waiter.refuse(new ServiceUnavailable());
  }
}
