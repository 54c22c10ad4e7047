import type { IncomingMessage } from 'node:http';

/** A call of a provider, as a guard sees it. */
export type SignedRequest = IncomingMessage & {
  /** The bytes of the body, as they came; missing where there was none. */
  rawBody?: Buffer;
  ip?: string;
};
