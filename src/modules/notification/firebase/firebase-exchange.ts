import type { ClientRequest, IncomingMessage } from 'node:http';
import type { FcmAnswer } from './fcm-answer.rules';

/** Whatever Google says is far shorter; whoever sends more is not read to the end. */
const MAX_BODY_BYTES = 65_536;
const FCM_HOST = 'fcm.googleapis.com';

/** Why a push did not leave. It may quote the token of a device, so it ends where the push is judged. */
export class FirebaseTrouble extends Error {
  /** @param answer null when there was none */
  constructor(
    readonly reason: string,
    readonly answer: FcmAnswer | null,
  ) {
    super('A push did not leave');
    this.name = 'FirebaseTrouble';
  }
}

/** One push on its way: the requests that are made for it, and the first thing that goes wrong with any of them. */
export class FirebaseExchange {
  private readonly made = new Set<string>();
  private readonly open = new Set<ClientRequest>();
  private readonly raise: (trouble: FirebaseTrouble) => void;
  private hasEnded = false;
  /** Never fulfilled. */
  readonly trouble: Promise<never>;

  constructor() {
    let raise: (trouble: FirebaseTrouble) => void = () => undefined;
    this.trouble = new Promise<never>((_resolve, reject) => {
      raise = reject;
    });
    this.raise = raise;
  }

  /** Whether a request may be made. A second one of its kind follows a trouble that has been told already. */
  admits(request: ClientRequest): boolean {
    const kind = `${request.host}${request.path}`;
    if (this.hasEnded || this.made.has(kind)) return false;
    this.made.add(kind);
    this.open.add(request);
    // Nobody inflates an answer to more than what was read of it.
    request.removeHeader('accept-encoding');
    request.once('close', () => this.open.delete(request));
    request.once('error', (error) => this.fail(codeOf(error)));
    request.prependOnceListener('response', (response) => this.read(request.host, response));
    return true;
  }

  fail(reason: string, answer: FcmAnswer | null = null): void {
    this.raise(new FirebaseTrouble(reason, answer));
  }

  /** What is still under way is of no use any more. */
  end(): void {
    this.hasEnded = true;
    for (const request of this.open) request.destroy();
  }

  /** Reads along, before the SDK does. */
  private read(host: string, response: IncomingMessage): void {
    const { 'retry-after': retryAfter = null, date = null } = response.headers;
    // Or the SDK would sit and wait for so long, for an attempt that it is not allowed.
    delete response.headers['retry-after'];
    delete response.headers['content-encoding'];
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return void chunks.push(chunk);
      this.fail('too long');
      response.destroy();
    });
    response.once('end', () => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return;
      const body = Buffer.concat(chunks).toString('utf8');
      this.fail('refused', { from: host === FCM_HOST ? 'fcm' : 'oauth', status, retryAfter, date, body });
    });
    // The SDK waits for ever for the rest of an answer whose connection is gone.
    response.once('close', () => {
      if (!response.complete) this.fail('ECONNRESET');
    });
  }
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'network';
}
