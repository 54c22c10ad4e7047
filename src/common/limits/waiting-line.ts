import { ServiceUnavailable } from 'src/common/errors/domain.error';

/**
 * Lets a few pieces of heavy work run at once, in the order they came. The others wait in line, and who finds the line
 * full is asked to come again.
 */
export class WaitingLine {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws ServiceUnavailable when too many wait */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on: a newcomer cannot slip in between.
      if (next) next();
      else this.running -= 1;
    }
  }

  private async turn(): Promise<void> {
    if (this.running < this.atOnce) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.maxWaiting) throw new ServiceUnavailable();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
