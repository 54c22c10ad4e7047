import { realTime } from 'test/support/eventually';
import type { OwnDatabase } from 'test/support/own-database';
import type { Chance } from './chance';
import type { Fleet, Post } from './fleet';

const HOUR_MS = 3_600_000;
const SKEWS_MS = [0, 0, 300_000, -300_000, HOUR_MS, -HOUR_MS];

type Strike = (fleet: Fleet, chance: Chance) => Promise<void>;

const spell = (chance: Chance): Promise<void> => realTime(chance.between(800, 3_000));
const restarted = (post: Post, chance: Chance): Promise<void> => post.start(chance.pick(SKEWS_MS));

/** What breaks, each with its mending. A supervisor that starts a process again gives it another wrong clock. */
const FAULTS: Readonly<Record<string, Strike>> = {
  'a process that answers is killed': async ({ answering }, chance) => {
    const post = chance.pick(answering);
    await post.kill();
    await restarted(post, chance);
  },
  'the worker is killed': async ({ worker }, chance) => {
    await worker.kill();
    await restarted(worker, chance);
  },
  'a process is asked to stop and started again': async ({ posts }, chance) => {
    const post = chance.pick(posts);
    await post.stop();
    await restarted(post, chance);
  },
  'a process stands still': async ({ posts }, chance) => {
    const post = chance.pick(posts);
    post.freeze();
    await spell(chance);
    post.thaw();
  },
  'PostgreSQL restarts at once': async ({ database }, chance) => {
    await database.stopImmediately();
    await realTime(chance.between(0, 1_500));
    await database.start();
  },
  'PostgreSQL is killed': async ({ database }, chance) => {
    await database.crash();
    await realTime(chance.between(0, 1_500));
    await database.start();
  },
  'PostgreSQL stands still': async ({ database }, chance) => {
    await database.freeze();
    await spell(chance);
    await database.thaw();
  },
  'random sessions are ended': async ({ database }, chance) => {
    for (let time = chance.between(1, 6); time > 0; time -= 1) {
      await endSession(database);
      await realTime(chance.between(20, 200));
    }
  },
  'the network is slow': async ({ posts }, chance) => {
    const { cable } = chance.pick(posts);
    cable.slow(chance.between(20, 250));
    await spell(chance);
    cable.mend();
  },
  'the network swallows everything': async ({ posts }, chance) => {
    const { cable } = chance.pick(posts);
    cable.silence();
    await spell(chance);
    cable.mend();
  },
  'the network swallows everything, and then tears': async ({ posts }, chance) => {
    const { cable } = chance.pick(posts);
    cable.silence();
    await spell(chance);
    cable.tear();
    cable.mend();
  },
  'connections are reset': async ({ posts }, chance) => {
    for (let time = chance.between(1, 5); time > 0; time -= 1) {
      chance.pick(posts).cable.tear();
      await realTime(chance.between(20, 300));
    }
  },
  'connections are closed on one side': async ({ posts }, chance) => {
    chance.pick(posts).cable.closeHalf();
    await realTime(chance.between(50, 500));
  },
};

async function endSession({ pool }: OwnDatabase): Promise<void> {
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM (
       SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'mycoach%'
       ORDER BY random() LIMIT 1) AS one`,
  );
}

/** One fault after the other, with a breath between them, in an order that chance has chosen. */
export class Nemesis {
  readonly struck = new Map<string, number>();

  constructor(
    private readonly fleet: Fleet,
    private readonly chance: Chance,
  ) {}

  async rage(durationMs: number): Promise<void> {
    const end = performance.now() + durationMs;
    let coming: string[] = [];
    while (performance.now() < end) {
      if (coming.length === 0) coming = this.chance.shuffled(Object.keys(FAULTS));
      const name = coming.pop() ?? '';
      await FAULTS[name]?.(this.fleet, this.chance);
      this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
      await realTime(this.chance.between(200, 1_500));
    }
  }
}
