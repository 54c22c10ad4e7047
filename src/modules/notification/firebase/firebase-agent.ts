import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientRequest } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import { MINUTE_MS } from 'src/common/clock/durations';
import { FirebaseExchange } from './firebase-exchange';

/** The whole of one push, with the token that it may need first. */
const PATIENCE_MS = 10_000;
/** Google keeps a connection that nobody uses for minutes; we let go of it before. */
const IDLE_MS = MINUTE_MS;

/** How Node hands a request to its agent. Every agent of a proxy is made by it, but the types leave it out. */
type AddRequest = (this: Agent, request: ClientRequest, options: RequestOptions) => void;
const { addRequest } = Agent.prototype as unknown as { addRequest: AddRequest };

/**
 * The connections to Google. The SDK takes them from here, and that is the place where it is watched: it would wait
 * fifteen seconds for an answer, ask again four times by itself, wait for whole minutes when told to, and keep to itself
 * what it was told. The queue is what tries again, so here every request is made once, and a push has ten seconds.
 *
 * Tests give it other connections (`createConnection`); nothing else differs from production.
 */
export class FirebaseAgent extends Agent {
  private readonly exchanges = new AsyncLocalStorage<FirebaseExchange>();

  constructor(private readonly patienceMs = PATIENCE_MS) {
    super({ keepAlive: true, timeout: IDLE_MS });
  }

  /**
   * Does what one push needs.
   *
   * @throws FirebaseTrouble when a server refuses, or cannot be reached in time
   */
  async carry<T>(work: () => Promise<T>): Promise<T> {
    const exchange = new FirebaseExchange();
    const timer = setTimeout(() => exchange.fail('timeout'), this.patienceMs);
    try {
      return await Promise.race([this.exchanges.run(exchange, work), exchange.trouble]);
    } finally {
      clearTimeout(timer);
      exchange.end();
    }
  }

  /** Called by Node for each request, in the context of the push that it is made for. */
  addRequest(request: ClientRequest, options: RequestOptions): void {
    const exchange = this.exchanges.getStore();
    if (!exchange || exchange.admits(request)) addRequest.call(this, request, options);
    // Its listeners come when this returns. Whoever waits for it has to hear that nothing will come.
    else process.nextTick(() => request.emit('error', new Error('A request is made once')));
  }
}
