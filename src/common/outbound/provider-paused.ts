/**
 * The way out is shut for a while, for every message alike: the provider has failed too often in a row, or has had as
 * many as it takes for now. The job waits without using up an attempt.
 */
export class ProviderPaused extends Error {
  /** The moment is this message's alone. Otherwise many come back at the same time, and are spread. */
  readonly isAppointed: boolean;

  /** @param retryAfterMs how long to wait before asking again */
  constructor(
    readonly retryAfterMs: number,
    { isAppointed = false } = {},
  ) {
    super('The way out is shut for a while');
    this.name = 'ProviderPaused';
    this.isAppointed = isAppointed;
  }
}
