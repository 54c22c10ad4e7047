/** What the job waits for is not there yet. That is no failure: it comes again without using up an attempt. */
export class NotYet extends Error {
  /** @param retryAfterMs how long to wait before asking again */
  constructor(readonly retryAfterMs: number) {
    super('What the job waits for is not there yet');
    this.name = 'NotYet';
  }
}
