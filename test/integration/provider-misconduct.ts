import type { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import type { ProviderFault } from 'test/support/provider-faults';

/** What may go wrong with an answer, and how the adapter tells of it. */
export const FAULTS: readonly [string, ProviderFault, Partial<DeliveryFailure>][] = [
  ['asks to be left alone for a minute', { status: 429, retryAfter: 60 }, { isFinal: false, retryAfterMs: 60_000 }],
  ['fails', { status: 500 }, { isFinal: false }],
  ['is away for a while', { status: 503, retryAfter: 5 }, { isFinal: false, retryAfterMs: 5_000 }],
  ['answers a page', { text: '<html>Bad Gateway</html>' }, { isFinal: false }],
  ['answers half of it', { text: '{"access_token":' }, { isFinal: false }],
  ['answers without an end', 'oversized', { isFinal: false }],
  ['hangs up', 'reset', { isFinal: false }],
  ['does it and hangs up', 'accept and drop', { isFinal: false }],
  ['sends elsewhere', 'elsewhere', { isFinal: true }],
];
/** Nothing in time. */
export const SLOW: readonly ProviderFault[] = ['silent', 'drip'];

export async function failureOf(asking: Promise<unknown>): Promise<unknown> {
  return asking.then(
    () => 'it went well',
    (error: unknown) => error,
  );
}
