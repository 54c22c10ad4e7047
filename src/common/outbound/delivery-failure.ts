/**
 * A provider did not take a message. What it answered may quote a number, an address or a text, and this error ends in
 * the log, in the job's row and among the dead letters: only a code is kept, and no cause.
 */
export class DeliveryFailure extends Error {
  /**
   * @param code of the provider or the network, `twilio 21211` or `ECONNRESET`
   * @param isFinal trying again cannot help
   * @param retryAfterMs how long the provider asks to be left alone
   * @param blamesProvider false where the provider is well, and somebody behind it is not
   */
  constructor(
    readonly code: string,
    readonly isFinal: boolean,
    readonly retryAfterMs: number | null = null,
    readonly blamesProvider = true,
  ) {
    super(`The message was not delivered (${code})`);
    this.name = 'DeliveryFailure';
  }
}
