import { Clock } from 'src/common/clock/clock';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { JobWorker } from 'src/common/jobs/job-worker';
import { Schedule } from 'src/common/jobs/schedule';
import { startTestApp, type TestApp } from 'test/support/test-app';

class CountingJob implements PeriodicJob {
  readonly name = 'counting';
  readonly schedule = Schedule.everyMinute();
  runs: string[] = [];

  constructor(private readonly clock: Clock) {}

  async nextDue(): Promise<Date | null> {
    return Promise.resolve(null);
  }

  async run(): Promise<number> {
    this.runs.push(this.clock.now().toISOString());
    return Promise.resolve(1);
  }
}

describe('a periodic job', () => {
  let app: TestApp;
  let job: CountingJob;
  let jobs: PeriodicJobs;

  beforeAll(async () => {
    app = await startTestApp();
    jobs = app.nest.get(PeriodicJobs);
    job = new CountingJob(app.nest.get(Clock));
    jobs.register(job);
  });
  afterAll(() => app.close());
  beforeEach(() => (job.runs = []));

  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();
  const ticks = async (): Promise<number> => {
    const { rows } = await app.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM job_ticks WHERE job = 'counting'`,
    );
    return rows[0]?.n ?? -1;
  };

  it('trust 54: runs once for a tick, however many processes wake at it', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    await Promise.all(Array.from({ length: 20 }, () => jobs.tick(job)));
    await settle();
    expect(job.runs).toHaveLength(1);
  });

  it('trust 54: runs once for each of thirty minutes', async () => {
    for (let minute = 0; minute < 30; minute += 1) {
      await app.setClock(new Date(Date.UTC(2026, 2, 2, 7, minute, 20)).toISOString());
      await Promise.all([jobs.tick(job), jobs.tick(job), jobs.tick(job)]);
    }
    await settle();
    expect(job.runs).toHaveLength(30);
  });

  it('whose parts lie in two modules runs both, and is due when the first of them is', async () => {
    const part = (at: string | null, changed: number, fault?: Error): PeriodicJob => ({
      name: 'in_two_parts',
      schedule: Schedule.everyMinute(),
      nextDue: () => Promise.resolve(at === null ? null : new Date(at)),
      run: () => (fault ? Promise.reject(fault) : Promise.resolve(changed)),
    });
    jobs.register(part(null, 2));
    expect(await jobs.get('in_two_parts')?.nextDue()).toBeNull();
    jobs.register(part('2026-03-02T09:00:00Z', 3));
    expect(await jobs.get('in_two_parts')?.nextDue()).toEqual(new Date('2026-03-02T09:00:00Z'));
    expect(await jobs.get('in_two_parts')?.run()).toBe(5);
    jobs.register(part('2026-03-02T08:00:00Z', 0, new Error('one part failed')));
    expect(await jobs.get('in_two_parts')?.nextDue()).toEqual(new Date('2026-03-02T08:00:00Z'));
    await expect(jobs.get('in_two_parts')?.run()).rejects.toThrow('one part failed');
    const daily = { ...part(null, 0), schedule: Schedule.dailyAt(4, 0) };
    expect(() => jobs.register(daily)).toThrow('tick at different times');
  });

  it('forgets the ticks of more than a week ago', async () => {
    await app.setClock('2026-03-20T06:00:00Z');
    await jobs.tick(job);
    expect(await ticks()).toBe(1);
    await settle();
  });
});
