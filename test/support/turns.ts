import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/** How often a connection was spoken to by the process, each time after the database had answered. */
interface Talk {
  said: string;
  turns: number;
}

/** The way to a database, which counts how often a process waits for an answer before it goes on. */
export class Turns {
  private talks: Talk[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param mishear what the database hears instead of what is said, byte for byte as long */
  static async to(databaseUrl: string, mishear = (said: string): string => said): Promise<Turns> {
    const target = new URL(databaseUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gives no free port');
    const turns = new Turns(server, Object.assign(new URL(databaseUrl), { port: String(address.port) }).href);
    server.on('connection', (incoming) => {
      const outgoing = connect(Number(target.port), target.hostname);
      const talk: Talk = { said: '', turns: 0 };
      turns.talks.push(talk);
      let isOurs = false;
      incoming.on('data', (chunk) => {
        if (!isOurs) talk.turns += 1;
        isOurs = true;
        talk.said += chunk.toString('latin1');
        outgoing.write(Buffer.from(mishear(chunk.toString('latin1')), 'latin1'));
      });
      outgoing.on('data', (chunk) => {
        isOurs = false;
        incoming.write(chunk);
      });
      for (const [one, other] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        one.on('error', () => undefined);
        one.on('close', () => other.destroy());
      }
    });
    return turns;
  }

  /** Forgets what was said so far. */
  begin(): void {
    for (const talk of this.talks) Object.assign(talk, { said: '', turns: 0 });
  }

  /** Of the one connection on which all of these were said. */
  of(...words: readonly string[]): number {
    const talks = this.talks.filter(({ said }) => words.every((word) => said.includes(word)));
    if (talks.length !== 1) throw new Error(`said on ${String(talks.length)} connections: ${words.join(', ')}`);
    return talks[0]?.turns ?? 0;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }
}
