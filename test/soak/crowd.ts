import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Chance } from 'test/nemesis/chance';
import type { Stage } from 'test/nemesis/stage';
import { realTime } from 'test/support/eventually';
import type { KeyHolder, RealProcess } from 'test/support/real-process';

const NOBODY = '00000000-0000-4000-8000-000000000000';
/** How long each of them waits before he asks again. */
const PAUSE_MS: [least: number, most: number] = [80, 240];
const SLOW_READS = 5;

interface Asking {
  key?: string;
  method?: string;
  body?: object;
}

/** Those who read, write to clients, take their data away, ask for nonsense, read slowly and hang up. */
export class Crowd {
  /** How often what was answered. */
  readonly statuses = new Map<string, number>();
  /** Answers that nothing here provokes. */
  readonly wrongs: string[] = [];
  private isGoing = true;
  private readonly people: Promise<void>[];
  private registered = 0;

  constructor(
    private readonly server: RealProcess,
    private readonly stage: Stage,
    chance: Chance,
  ) {
    const acts = [
      ...Array.from({ length: 6 }, () => (own: Chance) => this.reads(own)),
      (own: Chance): Promise<void> => this.writes(own),
      (own: Chance): Promise<void> => this.takesAway(own),
      (own: Chance): Promise<void> => this.asksForNonsense(own),
      (own: Chance): Promise<void> => this.readsSlowly(own),
      (own: Chance): Promise<void> => this.hangsUp(own),
    ];
    this.people = acts.map((act) => this.keepActing(chance.branch(), act));
  }

  async stop(): Promise<void> {
    this.isGoing = false;
    await Promise.all(this.people);
  }

  private async keepActing(chance: Chance, act: (own: Chance) => Promise<void>): Promise<void> {
    while (this.isGoing) {
      await act(chance);
      await realTime(chance.between(...PAUSE_MS));
    }
  }

  private async reads(chance: Chance): Promise<void> {
    const client = chance.pick(this.stage.clients);
    const coach = chance.pick(this.stage.coaches);
    await chance.weighed<() => Promise<void>>([
      [20, () => this.ask('/auth/me', client)],
      [20, () => this.ask('/bookings?limit=50', client)],
      [15, () => this.ask(`/coaches/${coach.id}/slots`, client)],
      [10, () => this.ask('/coaches/search?q=camille&sort=price_asc', client)],
      [10, () => this.ask('/notifications?limit=50', client)],
      [5, () => this.ask('/waitlist', client)],
      [5, () => this.ask('/exercises?q=press', client)],
      [5, () => this.ask('/performances/stats/week/chart.svg', client)],
      [5, () => this.ask('/bookings?as=coach&limit=50', coach)],
      [5, () => this.ask('/coaches/dashboard', coach)],
    ])();
  }

  /** SMS until the coach has none left that day, mails by new accounts, and training that is written down. */
  private async writes(chance: Chance): Promise<void> {
    const coach = chance.pick(this.stage.coaches);
    const client = chance.pick(this.stage.clients);
    await chance.weighed<() => Promise<void>>([
      [
        3,
        () =>
          this.ask('/coaches/sms/broadcast', {
            key: coach.key,
            body: { scope: 'manual', client_ids: [client.id], custom_message: 'À demain !' },
          }),
      ],
      [2, () => this.registers()],
      [10, () => this.ask('/notifications/read-all', { key: client.key, method: 'POST' })],
      [5, () => this.ask('/users/me', { key: client.key, method: 'PATCH', body: { gender: 'other' } })],
    ])();
  }

  private async registers(): Promise<void> {
    this.registered += 1;
    const email = `soak-${String(this.registered)}@example.com`;
    const password = 'Correct-Horse-7';
    const body = { first_name: 'Zoé', last_name: 'Martin', email, password, role: 'client' };
    await this.ask('/auth/register', { body });
    await this.ask('/auth/login', { body: { email, password } });
  }

  private async takesAway(chance: Chance): Promise<void> {
    const format = chance.pick(['json', 'csv']);
    await this.ask(`/users/me/export?format=${format}`, chance.pick(this.stage.clients));
    await this.ask('/payments/export', chance.pick(this.stage.coaches));
    await realTime(1_000);
  }

  private async asksForNonsense(chance: Chance): Promise<void> {
    const { key } = chance.pick(this.stage.clients);
    await chance.weighed<() => Promise<void>>([
      [1, () => this.ask(`/bookings/${NOBODY}`, { key })],
      [1, () => this.ask('/bookings', { key, body: { coach_id: 'nobody' } })],
      [1, () => this.ask('/bookings?limit=a', { key })],
      [1, () => this.ask('/auth/me', { key: `mck_${'x'.repeat(43)}` })],
      [1, () => this.ask('/auth/login', { body: { email: 'nobody@example.com', password: 'Wrong-Horse-7' } })],
      [1, () => this.ask('/coaches/dashboard', { key })],
      [1, () => this.ask(`/nowhere/${String(chance.between(1, 1_000_000))}`, { key })],
    ])();
  }

  /** Takes the largest answer there is, a little each second, and has enough before its end half of the time. */
  private async readsSlowly(chance: Chance): Promise<void> {
    const socket = await this.dial(requestOf('/docs-json', chance.pick(this.stage.clients)));
    for (let n = 0; n < SLOW_READS && this.isGoing && !socket.destroyed; n += 1) {
      socket.pause();
      await realTime(1_000);
      socket.resume();
      await realTime(5);
    }
    if (chance.next() < 0.5) socket.resetAndDestroy();
    else socket.end();
    this.count('read slowly');
  }

  /** In the middle of the request, or without waiting for its answer. */
  private async hangsUp(chance: Chance): Promise<void> {
    const client = chance.pick(this.stage.clients);
    const coach = chance.pick(this.stage.coaches);
    const whole = requestOf(`/coaches/${coach.id}/slots`, client);
    const socket = await this.dial(chance.next() < 0.5 ? whole : whole.slice(0, 60));
    await realTime(chance.between(0, 30));
    socket.resetAndDestroy();
    this.count('cut off');
  }

  private count(what: string): void {
    this.statuses.set(what, (this.statuses.get(what) ?? 0) + 1);
  }

  private async dial(words: string): Promise<Socket> {
    const socket = connect(this.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.on('data', () => undefined);
    socket.write(words);
    return socket;
  }

  private async ask(path: string, { key, body, method = body ? 'POST' : 'GET' }: Asking): Promise<void> {
    const status = await this.server
      .request(path, {
        method,
        headers: {
          ...(key !== undefined && { 'x-api-key': key }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      .then(async (answer) => answer.arrayBuffer().then(() => answer.status))
      .catch(() => null);
    this.count(status === null ? 'no answer' : String(status));
    // A process that is asked for too much says 503.
    if (status === 500) this.wrongs.push(`${method} ${path}: 500`);
  }
}

function requestOf(path: string, { key }: KeyHolder): string {
  return `GET ${path} HTTP/1.1\r\nHost: soak.example\r\nX-API-Key: ${key}\r\n\r\n`;
}
