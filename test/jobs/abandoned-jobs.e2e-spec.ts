import { AbandonedJobs } from 'src/common/jobs/abandoned-jobs';
import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { JobWorker } from 'src/common/jobs/job-worker';
import { JobRepository } from 'src/common/jobs/job.repository';
import { startTestApp, type TestApp } from 'test/support/test-app';

describe('a job whose process was killed', () => {
  let app: TestApp;
  let done: string[];

  beforeAll(async () => {
    app = await startTestApp();
    app.nest.get(JobRegistry).register('note', ({ text }) => {
      done.push(String(text));
      return Promise.resolve();
    });
  });
  afterAll(() => app.close());
  beforeEach(() => (done = []));

  /** As a worker leaves it that claimed the job so long ago and is no more. */
  const held = async (text: string, seconds: number): Promise<void> => {
    await app.nest.get(JobQueue).add('note', { text });
    await app.database.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'dead', locked_at = now() - make_interval(secs => $1)
       WHERE locked_by IS NULL`,
      [seconds],
    );
  };
  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();

  it('is given back after two minutes and done by another', async () => {
    await held('late', 121);
    await settle();
    expect(done).toEqual([]);
    expect(await app.nest.get(AbandonedJobs).free()).toBe(1);
    await settle();
    expect(done).toEqual(['late']);
  });

  it('is left to who holds it before that', async () => {
    await held('running', 60);
    expect(await app.nest.get(AbandonedJobs).free()).toBe(0);
    await settle();
    expect(done).toEqual([]);
    await app.database.query(`DELETE FROM graphile_worker._private_jobs`);
  });

  it('is left to who holds it for as long as he says that he works on it', async () => {
    await held('long', 121);
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM graphile_worker._private_jobs');
    const [job = { id: '' }] = rows;
    const jobs = app.nest.get(JobRepository);
    const renew = (holder: string): Promise<boolean> =>
      jobs.renew({ ...job, task: 'note', payload: {}, attempts: 1, holder });
    expect([await renew('another'), await renew('dead')]).toEqual([false, true]);
    expect(await app.nest.get(AbandonedJobs).free()).toBe(0);
    await settle();
    expect(done).toEqual([]);
    await app.database.query(`DELETE FROM graphile_worker._private_jobs`);
  });

  it('makes nobody wait who looks into the mailbox', async () => {
    await held('stuck', 60);
    const since = performance.now();
    await app.messages();
    expect(performance.now() - since).toBeLessThan(3_000);
  });
});
