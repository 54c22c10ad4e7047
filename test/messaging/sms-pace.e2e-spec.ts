import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { type Sms, SmsSender } from 'src/common/outbound/outbound';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { eventually } from 'test/support/eventually';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { TwilioServer } from 'test/support/twilio-server';
import { aTextingCoach, settle, smsRow, text, tryAgain, waitingJobs } from './texting';

const SMS: Sms = {
  userId: null,
  to: '+33612345678',
  body: 'x',
  senderName: null,
  reference: 'r',
  isUrgent: false,
  firstTriedAt: null,
};

describe('the pace of SMS', () => {
  let twilio: TwilioServer;
  const apps: TestApp[] = [];

  beforeAll(async () => (twilio = await TwilioServer.start()));
  afterAll(() => twilio.stop());
  beforeEach(() => twilio.forget());
  afterEach(async () => {
    for (const app of apps.splice(0).reverse()) await app.close();
  });

  const start = async (perSecond: number, variables: Record<string, string> = {}): Promise<TestApp> => {
    const pace = { TWILIO_MESSAGES_PER_SECOND: String(perSecond) };
    const app = await startTestApp({ ...QUIET_PRODUCTION, ...twilio.variables, ...pace, ...variables });
    apps.push(app);
    return app;
  };
  const bodies = (): string[] => twilio.taken.map(({ body }) => body);
  /** Numbers of their own: a number gets only so many a day. */
  const queue = async (app: TestApp, count: number): Promise<string[]> => {
    const coach = await aTextingCoach(app);
    const ids: string[] = [];
    for (let one = 0; one < count; one += 1)
      ids.push(await text(app, coach, { body: `b${one}`, phone: `+336${String(20_000_000 + one)}` }));
    return ids;
  };

  it('is kept by all processes together, however many ask at the same time', async () => {
    const app = await start(5);
    const other = await start(5, { DATABASE_URL: app.databaseUrl });
    const senders = [app, other].map(({ nest }) => nest.get(SmsSender));
    const began = performance.now();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, turn) => turn).flatMap((turn) =>
        senders.map((one, process) => one.send({ ...SMS, reference: `${process} ${turn}` })),
      ),
    );
    // One at once, then five a second, for as long as anybody waits for a turn; the others are told when to come.
    expect(twilio.taken.length).toBeGreaterThanOrEqual(5);
    expect(twilio.taken.length).toBeLessThanOrEqual(1 + (performance.now() - began) / 200);
    const told = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as ProviderPaused] : [],
    );
    expect(told).toHaveLength(24 - twilio.taken.length);
    const waits = told.map(({ retryAfterMs }) => retryAfterMs).sort((one, next) => one - next);
    for (const [place, wait] of waits.slice(1).entries()) expect(wait - (waits[place] ?? 0)).toBeGreaterThan(100);
    const { rows } = await app.database.query('SELECT DISTINCT turn_at FROM provider_turns');
    expect(rows).toHaveLength(told.length);
  });

  it('lets them leave in the order in which they were written, and each ask twice at most', async () => {
    const app = await start(10);
    const ids = await queue(app, 30);
    const worker = await start(10, { DATABASE_URL: app.databaseUrl, ROLE: 'worker' });
    const before = worker.queryCount();
    await eventually(
      () => twilio.taken.length,
      (count) => count === 30,
      { withinMs: 20_000 },
    );
    const between = twilio.arrivals.at(-1) ?? 0;
    expect(between - (twilio.arrivals[0] ?? 0)).toBeGreaterThan(2_800);
    // Two hands take them, so neighbours may change places.
    for (const [place, body] of bodies().entries()) expect(Math.abs(Number(body.slice(1)) - place)).toBeLessThan(4);
    expect(worker.queryCount() - before).toBeLessThan(30 * 9);
    for (const id of ids) expect(await smsRow(app, id)).toMatchObject({ status: 'sent' });
    expect((await app.database.query('SELECT FROM provider_turns')).rowCount).toBe(0);
  }, 40_000);

  it('costs no attempt and no question to Twilio', async () => {
    const app = await start(0.1);
    const [, second = ''] = await queue(app, 2);
    await settle(app);
    expect(bodies()).toEqual(['b0']);
    const [job] = await waitingJobs(app);
    expect(job).toMatchObject({ task_identifier: 'send_sms', attempts: 0, last_error: 'ProviderPaused' });
    // Shortly before its turn, which is ten seconds after the first one's.
    expect(job?.waits).toBeLessThanOrEqual(9);
    expect(await smsRow(app, second)).toMatchObject({ status: 'pending', first_tried_at: null, leased_until: null });
    // Too early it is told the same turn again, and takes no other.
    await tryAgain(app);
    expect((await waitingJobs(app))[0]?.waits).toBeLessThanOrEqual(9);
    await app.database.query('UPDATE provider_turns SET turn_at = now()');
    await tryAgain(app);
    expect(bodies()).toEqual(['b0', 'b1']);
    expect(twilio.listed).toBe(0);
  });

  it('gives a new turn to what has missed its own by much, so that none leave in a crowd', async () => {
    const app = await start(0.1);
    await queue(app, 4);
    await settle(app);
    await app.database.query(`UPDATE provider_turns SET turn_at = now() - interval '31 seconds'`);
    await app.database.query('UPDATE provider_paces SET next_at = now()');
    await tryAgain(app);
    expect(bodies()).toEqual(['b0', 'b1']);
    expect((await waitingJobs(app)).map(({ waits }) => Math.ceil(waits / 10)).sort()).toEqual([1, 2]);
  });

  it('lets a code go before the texts of a broadcast, at once', async () => {
    const app = await start(0.1);
    await queue(app, 3);
    await settle(app);
    expect(bodies()).toEqual(['b0']);
    const sender = app.nest.get(SmsSender);
    const began = performance.now();
    await sender.send({ ...SMS, body: 'code', reference: 'c', isUrgent: true });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(bodies()).toEqual(['b0', 'code']);
    // Codes keep to the pace too, among themselves.
    await expect(sender.send({ ...SMS, reference: 'd', isUrgent: true })).rejects.toBeInstanceOf(ProviderPaused);
  });
});

describe('jobs that somebody waits for', () => {
  it('are taken before those that were there first', async () => {
    const app = await startTestApp();
    try {
      const done: string[] = [];
      app.nest.get(JobRegistry).register('note', ({ body }) => {
        done.push(String(body));
        return Promise.resolve();
      });
      const jobs = app.nest.get(JobQueue);
      for (const body of ['first', 'second']) await jobs.add('note', { body });
      await jobs.add('note', { body: 'code' }, { isUrgent: true });
      await settle(app);
      expect(done).toEqual(['code', 'first', 'second']);
    } finally {
      await app.close();
    }
  });
});
