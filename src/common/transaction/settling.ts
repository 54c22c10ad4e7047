/**
 * What can be said of an act when it commits, and a little later, when more of it is known. Whoever answers the caller
 * waits for the rest outside the transaction: see `IdempotencyInterceptor`.
 */
export class Settling<T> {
  /** @param later null where nothing is open: `now` is all there is to say */
  constructor(
    readonly now: T,
    readonly later: (() => Promise<T>) | null,
  ) {}

  /** The same, said in another form. */
  as<U>(form: (said: T) => U): Settling<U> {
    const { later } = this;
    return new Settling(form(this.now), later && (async () => form(await later())));
  }
}

/**
 * An act of which nothing can be said when it commits: only its outcome is an answer, and a refusal may be the outcome.
 * It is awaited outside the transaction, and nothing is kept for a repeat before it is there. A service that answers it
 * has written down by itself that the act is under way.
 */
export class Outcome<T> {
  constructor(readonly awaited: () => Promise<T>) {}

  /** The same, said in another form. */
  as<U>(form: (said: T) => U): Outcome<U> {
    return new Outcome(async () => form(await this.awaited()));
  }
}
