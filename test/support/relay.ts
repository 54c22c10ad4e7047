import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** An address that stays while what it leads to is away, and through which a test can stop everything from passing. */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private target: number | null = null;
  private isMute = false;
  private heard = '';

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async open(): Promise<Relay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gives no free port');
    const relay = new Relay(server, address.port);
    server.on('connection', (incoming) => relay.take(incoming));
    return relay;
  }

  /** The same url by way of this relay. */
  urlFor(url: string): string {
    return Object.assign(new URL(url), { port: String(this.port) }).href;
  }

  /** @param port null = nobody is there: whoever comes or is there is turned away */
  leadTo(port: number | null): void {
    this.target = port;
    if (port === null) for (const socket of this.sockets) socket.destroy();
  }

  mute(): void {
    this.isMute = true;
    for (const socket of this.sockets) socket.pause();
  }

  unmute(): void {
    this.isMute = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** How often this was said by those who came this way, since it was asked last. */
  takeCountOf(text: string): number {
    const count = this.heard.split(text).length - 1;
    this.heard = '';
    return count;
  }

  async close(): Promise<void> {
    this.leadTo(null);
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private take(incoming: Socket): void {
    incoming.on('error', () => undefined);
    if (this.target === null) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(this.target, '127.0.0.1');
    incoming.on('data', (chunk) => (this.heard += chunk.toString('latin1')));
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.isMute) from.pause();
    }
  }
}
