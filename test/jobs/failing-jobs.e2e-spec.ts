import { JobRegistry } from 'src/common/jobs/job-registry';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { BUSY, NoteJobs, REFUSED } from './note-jobs';

describe('a job that fails and may succeed later', () => {
  let app: TestApp;
  let notes: NoteJobs;

  beforeAll(async () => {
    app = await startTestApp();
    notes = new NoteJobs(app);
  });
  afterAll(() => app.close());
  beforeEach(() => notes.reset());

  it('is tried five times at most, after waits that grow', async () => {
    await notes.add('send_note');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await notes.fail(BUSY);
      const [job] = await notes.jobs();
      expect(job).toMatchObject({ attempts: attempt, last_error: 'smtp 451', locked_by: null });
      waits.push(job?.waits ?? 0);
      // It is not before its time.
      await notes.settle();
      expect(notes.attempts).toHaveLength(attempt);
      await notes.makeDue();
    }
    for (const [place, seconds] of [5, 30, 180, 1_080].entries()) {
      expect(waits[place]).toBeGreaterThanOrEqual(seconds);
      expect(waits[place]).toBeLessThanOrEqual(seconds * 1.5);
    }
    await notes.fail(BUSY);
    expect([notes.attempts.length, await notes.jobs()]).toEqual([5, []]);
  });

  it('is done with the attempt that succeeds', async () => {
    await notes.add('send_note');
    await notes.fail(BUSY);
    await notes.makeDue();
    await notes.succeed();
    expect([notes.attempts.length, await notes.jobs(), await notes.letters()]).toEqual([2, [], []]);
  });

  it('waits as long as its provider asks', async () => {
    await notes.add('send_note');
    await notes.fail(new DeliveryFailure('http 429', false, 600_000));
    const [job] = await notes.jobs();
    expect(job?.waits).toBeGreaterThanOrEqual(600);
    expect(job?.waits).toBeLessThanOrEqual(900);
  });

  it('uses up no attempt while its provider is left alone, not even the last one', async () => {
    await notes.add('send_note');
    await app.database.query('UPDATE graphile_worker._private_jobs SET attempts = 4');
    for (let time = 0; time < 3; time += 1) {
      await notes.fail(new ProviderPaused(20_000));
      const [job] = await notes.jobs();
      expect(job?.attempts).toBe(4);
      expect(job?.waits).toBeGreaterThanOrEqual(20);
      await notes.makeDue();
    }
    await notes.succeed();
    expect([await notes.jobs(), await notes.letters()]).toEqual([[], []]);
  });

  it('is left to who holds it now, when its own time was over', async () => {
    app.nest.get(JobRegistry).register(
      'slow_note',
      async () => {
        // As if another process had taken it for abandoned.
        await app.database.query(
          `UPDATE graphile_worker._private_jobs SET locked_by = 'other', locked_at = now() - interval '1 hour'`,
        );
        throw REFUSED;
      },
      { channel: 'email', describe: () => Promise.resolve({ type: 'note', userId: null }) },
    );
    await notes.add('slow_note');
    await notes.settle();
    expect(await notes.jobs()).toMatchObject([{ attempts: 1, locked_by: 'other', last_error: null }]);
    expect(await notes.letters()).toEqual([]);
  });

  it('is counted by channel and outcome, and what waits by its age', async () => {
    const count = async (outcome: string): Promise<number> => {
      const { text } = await app.http.get('/metrics');
      return Number(new RegExp(`deliveries_total{channel="email",outcome="${outcome}"} (\\d+)`).exec(text)?.[1] ?? 0);
    };
    const all = (): Promise<number[]> => Promise.all(['done', 'failed', 'postponed', 'dead'].map(count));
    const before = await all();
    await notes.add('send_note');
    await notes.fail(BUSY);
    await notes.makeDue();
    await notes.fail(new ProviderPaused(20_000));
    await app.database.query("UPDATE graphile_worker._private_jobs SET created_at = now() - interval '90 seconds'");
    const { text } = await app.http.get('/metrics');
    expect(text).toContain('mycoach_messages{channel="email",state="waiting"} 1\n');
    expect(text).toContain('mycoach_messages{channel="sms",state="waiting"} 0\n');
    expect(Number(/messages_oldest_seconds{channel="email"} (\S+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(90);
    await notes.makeDue();
    await notes.fail(REFUSED);
    await notes.add('send_note');
    await notes.succeed();
    expect((await all()).map((value, place) => value - (before[place] ?? 0))).toEqual([1, 1, 1, 1]);
    expect((await app.http.get('/metrics')).text).toContain('mycoach_messages{channel="email",state="dead"} 1\n');
  });
});
