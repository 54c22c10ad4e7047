import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { realTime } from './eventually';

/** What a cable does to a statement: lets it through, or breaks before it arrives or before its answer comes back. */
export type Passage = 'passes' | 'never arrives' | 'is never answered';
/** Asked at each statement that a process sends. */
export type Watcher = (statement: number) => Passage;

/**
 * The network between one process and its database, to be spoilt: slow, silent, torn or closed on one side. It also
 * counts what the process asks for, so that a test can strike between any two statements.
 */
export class Cable {
  private readonly links = new Set<Link>();
  private latencyMs = 0;
  private isSilent = false;
  private watcher: Watcher | null = null;
  private statements = 0;

  private constructor(
    private readonly relay: Server,
    private readonly target: URL,
  ) {}

  static async to(databaseUrl: string): Promise<Cable> {
    const relay = createServer();
    const cable = new Cable(relay, new URL(databaseUrl));
    relay.on('connection', (incoming) => {
      cable.plug(incoming);
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    return cable;
  }

  /** What the process is told. */
  get url(): string {
    const address = this.relay.address();
    if (address === null || typeof address === 'string') throw new Error('the cable is not there');
    return Object.assign(new URL(this.target), { port: String(address.port) }).href;
  }

  /** Every packet takes so long, in both directions. */
  slow(latencyMs: number): void {
    this.latencyMs = latencyMs;
  }

  /** Nothing passes any more, and nobody is told; who connects is let in and hears nothing. */
  silence(): void {
    this.isSilent = true;
    for (const link of this.links) link.hold();
  }

  /** What was held goes on, as if nothing had been; the delay ends as well. */
  mend(): void {
    this.latencyMs = 0;
    this.isSilent = false;
    for (const link of this.links) link.release();
  }

  /** Every connection ends with a reset towards both sides. */
  tear(): void {
    for (const link of this.links) link.tear();
  }

  /** The database says goodbye to the process, and goes on listening to it. */
  closeHalf(): void {
    for (const link of this.links) link.closeHalf();
  }

  /** From now on statements are counted from 1, over all connections but those that listen or work off jobs. */
  watch(watcher: Watcher | null): void {
    this.statements = 0;
    this.watcher = watcher;
  }

  get counted(): number {
    return this.statements;
  }

  async remove(): Promise<void> {
    const closed = once(this.relay, 'close');
    this.relay.close();
    this.tear();
    await closed;
  }

  private plug(incoming: Socket): void {
    const outgoing = connect(Number(this.target.port), this.target.hostname);
    const link = new Link(
      incoming,
      outgoing,
      () => this.latencyMs,
      () => this.judge(),
    );
    this.links.add(link);
    incoming.once('close', () => this.links.delete(link));
    if (this.isSilent) link.hold();
  }

  private judge(): Passage {
    if (!this.watcher) return 'passes';
    this.statements += 1;
    return this.watcher(this.statements);
  }
}

/** One connection. */
class Link {
  private readonly asked = new Statements();
  private readonly there = new Way();
  private readonly back = new Way();
  private name = '';

  constructor(
    private readonly incoming: Socket,
    private readonly outgoing: Socket,
    private readonly latency: () => number,
    private readonly judge: () => Passage,
  ) {
    incoming.once(
      'data',
      (chunk) => (this.name = /application_name\0([^\0]*)/.exec(chunk.toString('latin1'))?.[1] ?? ''),
    );
    incoming.on('data', (chunk) => {
      this.ask(chunk);
    });
    outgoing.on('data', (chunk) => {
      this.back.pass(this.latency(), () => incoming.write(chunk));
    });
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  }

  hold(): void {
    this.incoming.pause();
    this.outgoing.pause();
  }

  release(): void {
    this.incoming.resume();
    this.outgoing.resume();
  }

  tear(): void {
    this.incoming.resetAndDestroy();
    this.outgoing.resetAndDestroy();
  }

  closeHalf(): void {
    this.incoming.end();
  }

  private ask(chunk: Buffer): void {
    for (let left = this.asked.in(chunk); left > 0 && this.name === 'mycoach'; left -= 1) {
      const passage = this.judge();
      if (passage === 'never arrives') {
        this.tear();
        return;
      }
      // It is carried out, and what it answers finds nobody.
      if (passage === 'is never answered') {
        this.outgoing.removeAllListeners('data');
        this.outgoing.once('data', () => {
          this.tear();
        });
      }
    }
    this.there.pass(this.latency(), () => this.outgoing.write(chunk));
  }
}

/** One direction of a connection: nothing overtakes what was sent before, whatever the delay has become meanwhile. */
class Way {
  private waiting = 0;
  private last = Promise.resolve();

  pass(delayMs: number, arrive: () => void): void {
    if (delayMs === 0 && this.waiting === 0) {
      arrive();
      return;
    }
    const due = performance.now() + delayMs;
    this.waiting += 1;
    this.last = this.last.then(async () => {
      await realTime(Math.max(0, due - performance.now()));
      this.waiting -= 1;
      arrive();
    });
  }
}

const LENGTH_BYTES = 4;
const SIMPLE_QUERY = 'Q';
const SYNC = 'S';

/** Counts statements in what a client sends: each ends with a Sync, or is a simple query. */
class Statements {
  private rest = Buffer.alloc(0);
  private isStarted = false;

  in(chunk: Buffer): number {
    this.rest = Buffer.concat([this.rest, chunk]);
    let count = 0;
    for (;;) {
      // The first message has no letter before its length.
      const head = this.isStarted ? 1 : 0;
      if (this.rest.length < head + LENGTH_BYTES) return count;
      const size = head + this.rest.readInt32BE(head);
      if (this.rest.length < size) return count;
      const letter = this.isStarted ? this.rest.toString('latin1', 0, 1) : '';
      if (letter === SIMPLE_QUERY || letter === SYNC) count += 1;
      this.isStarted = true;
      this.rest = this.rest.subarray(size);
    }
  }
}
