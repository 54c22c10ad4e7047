import { eventually } from 'test/support/eventually';
import { expectInvariants } from 'test/support/invariants';
import { DURATION_MS, IS_BY_HAND, SEED, START_MS } from 'test/support/nemesis-settings';
import { OwnDatabase } from 'test/support/own-database';
import { SmtpServer } from 'test/support/smtp-server';
import { Callers } from './callers';
import { Chance } from './chance';
import { Nemesis } from './faults';
import { Fleet } from './fleet';
import { History, outcomeOf } from './history';
import { setStage } from './stage';
import { disagreements, leftOvers, letTimePass, mailIds, untold } from './verdict';

/** As many mails as a worker has in hand at a time: so many may go twice when it is struck. */
const IN_HAND = 4;

describe('two processes and a worker, while everything breaks', () => {
  let database: OwnDatabase;
  let smtp: SmtpServer;
  let fleet: Fleet;

  beforeAll(
    async () => {
      database = await OwnDatabase.start();
      smtp = await SmtpServer.start();
      fleet = await Fleet.open(database, smtp.url);
      await fleet.start();
    },
    20_000 + 3 * START_MS,
  );
  afterAll(async () => {
    await fleet.close();
    await smtp.stop();
    await database.remove();
  }, 60_000);

  it(
    'trust 43–56: keep what they acknowledged, and nothing else',
    async () => {
      const chance = new Chance(SEED);
      const [one, other] = fleet.answering;
      const stage = await setStage(database, one.url);
      const history = new History([one.url, other.url]);
      const callers = new Callers(history, stage, chance.branch());
      const nemesis = new Nemesis(fleet, chance.branch());
      try {
        await nemesis.rage(DURATION_MS);
      } finally {
        await callers.stop();
      }
      expect(fleet.fallen).toEqual([]);
      // Whoever still stands is mended; what nobody was told is asked for again.
      for (const { cable } of fleet.posts) cable.mend();
      await fleet.start();
      await history.settle();

      await letTimePass(database.pool);
      await fleet.worker.kill();
      await fleet.worker.start();
      const left = await eventually(
        () => leftOvers(database.pool),
        ({ jobs, open }) => jobs === 0 && open === 0,
        { withinMs: 60_000 },
      );
      const found = await disagreements(database.pool, history.acts);
      const mails = mailIds(smtp.taken);
      const again = [...mails.values()].reduce((sum, count) => sum + count - 1, 0);
      const strikes = [...nemesis.struck.values()].reduce((sum, count) => sum + count, 0);
      report(history, nemesis, { ...left, mails: mails.size, again, found });

      expect(found).toEqual([]);
      expect(callers.missed).toEqual([]);
      expect(history.wrongs).toEqual([]);
      await expectInvariants(database.pool);
      expect(await untold(database.pool)).toEqual([]);
      expect(left.dead).toBe(0);
      expect(again).toBeLessThanOrEqual(IN_HAND * strikes);
      // The judge has eyes: one booking that nobody was told of is seen.
      const told = history.acts.find((act) => act.kind === 'book' && outcomeOf(act) === 'ok');
      const others = history.acts.filter((act) => act !== told);
      expect(await disagreements(database.pool, others)).not.toEqual([]);
      // It was a story: people were told yes, no and nothing.
      for (const outcome of ['ok', 'failed'] as const)
        expect(history.acts.filter((act) => outcomeOf(act) === outcome).length).toBeGreaterThan(10);
      expect(history.acts.some(({ silences }) => silences > 0)).toBe(true);
    },
    DURATION_MS + 3 * START_MS,
  );

  function report(history: History, nemesis: Nemesis, rest: object): void {
    if (!IS_BY_HAND) return;
    const outcomes: Record<string, string> = {};
    for (const kind of new Set(history.acts.map((act) => act.kind))) {
      const acts = history.acts.filter((act) => act.kind === kind);
      const count = (outcome: string): number => acts.filter((act) => outcomeOf(act) === outcome).length;
      const silent = acts.filter(({ silences }) => silences > 0).length;
      outcomes[kind] =
        `${String(count('ok'))} ok, ${String(count('failed'))} failed, ${String(count('unknown'))} left open, ${String(silent)} once unknown`;
    }
    const figures = {
      seed: SEED,
      acts: history.acts.length,
      outcomes,
      statuses: Object.fromEntries([...history.statuses].sort()),
      faults: Object.fromEntries(nemesis.struck),
      ...rest,
    };
    process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
    for (const post of fleet.posts) {
      const lines = post.output.split('\n').filter((line) => line.includes('an unexpected error'));
      if (lines.length > 0) process.stdout.write(`${post.name}: ${lines.slice(0, 5).join('\n')}\n`);
    }
  }
});
