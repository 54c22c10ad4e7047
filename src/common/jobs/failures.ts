import type { Logger } from '@nestjs/common';

/** What fails among many that are done one after another: told at once, no other is kept waiting, thrown at the end. */
export class Failures {
  private readonly caught: unknown[] = [];

  /** @param text what it means that one of them failed */
  constructor(
    private readonly logger: Logger,
    private readonly text: string,
  ) {}

  /** @param about ids for the log */
  async catch(about: Readonly<Record<string, string>>, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error({ err: error, ...about }, this.text);
      this.caught.push(error);
    }
  }

  /** @throws AggregateError when one failed */
  throwAny(): void {
    if (this.caught.length > 0) throw new AggregateError(this.caught, this.text);
  }
}
