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
