import { AbandonedJobs } from 'src/common/jobs/abandoned-jobs';
import { DeadLetters } from 'src/common/jobs/dead-letters';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { BUSY, NoteJobs, REFUSED } from './note-jobs';

const NOBODY = '3f6f2f0e-7a3c-4f0e-9d3c-2b1a0f9e8d7c';

describe('a job that fails for good', () => {
  let app: TestApp;
  let notes: NoteJobs;

  beforeAll(async () => {
    app = await startTestApp();
    notes = new NoteJobs(app);
  });
  afterAll(() => app.close());
  beforeEach(() => notes.reset());

  const free = (): Promise<number> => app.nest.get(AbandonedJobs).free();
  const setJobs = (what: string): Promise<unknown> =>
    app.database.query(`UPDATE graphile_worker._private_jobs SET ${what}`);

  it('trust 53: is parked after its fifth attempt, and leaves the queue', async () => {
    const { id } = await app.register();
    await notes.reset();
    notes.userId = id;
    await notes.add('send_note', 'dear');
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await notes.fail(BUSY);
      await notes.makeDue();
    }
    expect(notes.attempts).toHaveLength(5);
    expect(await notes.letters()).toEqual([
      {
        id: expect.any(String) as string,
        channel: 'email',
        type: 'note',
        user_id: id,
        task: 'send_note',
        payload: { text: 'dear' },
        attempts: 5,
        last_error: 'smtp 451',
        created_at: new Date('2026-03-02T06:00:00Z'),
      },
    ]);
    expect(await notes.jobs()).toEqual([]);
  });

  it('is parked at once when trying again cannot help', async () => {
    await notes.add('send_note');
    await notes.fail(REFUSED);
    expect(await notes.letters()).toMatchObject([{ attempts: 1, last_error: 'smtp 550' }]);
    expect([notes.attempts.length, await notes.jobs()]).toEqual([1, []]);
  });

  it('keeps no word of what a fault of ours quoted', async () => {
    await notes.add('send_note');
    await setJobs('max_attempts = 2');
    await notes.fail(new RangeError('claire@example.com is not a recipient'));
    expect(await notes.jobs()).toMatchObject([{ last_error: 'RangeError' }]);
    await notes.makeDue();
    await notes.settle();
    expect(await notes.letters()).toMatchObject([{ last_error: 'RangeError' }]);
  });

  it('is parked although nobody can say what it is about', async () => {
    await notes.add('send_riddle');
    await notes.fail(REFUSED);
    expect(await notes.letters()).toMatchObject([{ channel: 'push', type: 'send_riddle', user_id: null }]);
  });

  it('is parked although the one it was for is no more', async () => {
    notes.userId = NOBODY;
    await notes.add('send_note');
    await notes.fail(REFUSED);
    expect(await notes.letters()).toMatchObject([{ user_id: null }]);
  });

  it('tells the owner of the message in the same transaction: together they are there, or not', async () => {
    await notes.add('send_note', 'one');
    await notes.fail(REFUSED);
    expect([notes.hooks, await notes.kept()]).toEqual([['parked smtp 550'], ['parked one']]);

    notes.hookFault = new Error('the owner could not');
    await notes.add('send_note', 'two');
    await notes.fail(REFUSED);
    expect([await notes.kept(), (await notes.letters()).length]).toEqual([['parked one'], 1]);
    // Out of attempts, and not forgotten.
    expect(await notes.jobs()).toMatchObject([{ attempts: 5, last_error: 'smtp 550', locked_by: null }]);
    notes.hookFault = null;
    await free();
    expect(await notes.kept()).toEqual(['parked one', 'parked two']);
    expect((await notes.letters()).map(({ payload }) => payload['text']).sort()).toEqual(['one', 'two']);
    expect(await notes.jobs()).toEqual([]);
  });

  it('comes back into the queue together with what its owner does about it, or stays parked', async () => {
    await notes.add('send_note', 'one');
    await notes.fail(REFUSED);
    const [letter] = await notes.letters();
    const letters = app.nest.get(DeadLetters);
    notes.hookFault = new Error('the owner could not');
    await expect(letters.replay(letter?.id ?? '')).rejects.toThrow('the owner could not');
    expect([await notes.kept(), (await notes.letters()).length, await notes.jobs()]).toEqual([['parked one'], 1, []]);
    notes.hookFault = null;
    expect(await letters.replay(letter?.id ?? '')).toBe(true);
    expect(await notes.kept()).toEqual(['parked one', 'replayed one']);
    expect([(await notes.letters()).length, await notes.jobs()]).toMatchObject([0, [{ attempts: 0 }]]);
    expect(await letters.replay(letter?.id ?? '')).toBe(false);
  });

  it('does not keep the others from being parked when its owner can never hear of it', async () => {
    notes.hookFault = new Error('the owner could not');
    await notes.add('send_note', 'stuck');
    await notes.fail(REFUSED);
    await app.database.query(
      `SELECT graphile_worker.add_job('send_note', '{"text": "stuck too"}') FROM generate_series(1, 100)`,
    );
    await notes.add('send_riddle', 'behind them');
    await setJobs('attempts = max_attempts');
    await free();
    expect(await notes.letters()).toMatchObject([{ task: 'send_riddle' }]);
    expect(await notes.jobs()).toHaveLength(101);
  });

  it('trust 52: is parked too when its process was killed during the last attempt', async () => {
    await notes.add('send_note');
    await setJobs(
      `attempts = 5, locked_by = 'dead', locked_at = now() - interval '121 s', last_error = 'to claire@example.com'`,
    );
    expect(await free()).toBe(1);
    expect(await notes.letters()).toMatchObject([{ attempts: 5, last_error: 'abandoned' }]);
    expect(await notes.jobs()).toEqual([]);
  });

  it.each(['fcm 500 INTERNAL', 'fcm messaging/unknown-error', 'twilio 30003'])(
    'keeps what was last said of it: %s',
    async (code) => {
      await notes.add('send_note');
      await setJobs(`attempts = 5, last_error = '${code}'`);
      await free();
      expect(await notes.letters()).toMatchObject([{ last_error: code }]);
    },
  );

  it('is parked once by several who find it at the same time', async () => {
    for (let copy = 0; copy < 20; copy += 1) await notes.add('send_note', String(copy));
    await setJobs('attempts = 5');
    await Promise.all([free(), free(), free()]);
    expect([(await notes.letters()).length, notes.hooks.length, await notes.jobs()]).toEqual([20, 20, []]);
  });

  it('and carries no message stays in the queue, where the figures count it', async () => {
    await notes.add('chore');
    await setJobs('attempts = 4');
    await notes.fail(new Error('a bug'));
    expect(await notes.jobs()).toMatchObject([{ attempts: 5, last_error: 'a bug', locked_by: null }]);
    expect(await notes.letters()).toEqual([]);
    const { text } = await app.http.get('/metrics');
    expect(text).toContain('mycoach_job_queue_depth{state="dead"} 1\n');
    expect(text).toContain('mycoach_jobs_total{job="chore",outcome="dead"} 1\n');
  });
});
