import { Logger } from '@nestjs/common';
import type { Job, JobHelpers } from 'graphile-worker';
import { Metrics } from 'src/common/metrics/metrics';
import type { DeadLetters } from './dead-letters';
import { JobRuns } from './job-runs';
import type { HeldJob, JobRepository } from './job.repository';

describe('a job that is worked on', () => {
  let renewed: string[];
  let isReachable: boolean;
  let end: () => void;
  let running: Promise<unknown>;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    jest.useFakeTimers();
    [renewed, isReachable] = [[], true];
    const renew = ({ id, holder }: HeldJob): Promise<boolean> => {
      renewed.push(`${id} ${holder ?? ''}`);
      return isReachable ? Promise.resolve(true) : Promise.reject(new Error('the database is away'));
    };
    const runs = new JobRuns({ renew } as unknown as JobRepository, {} as DeadLetters, new Metrics());
    const isLong = new Promise<void>((resolve) => (end = resolve));
    const tasks = runs.tasksOf([['long', { handler: () => isLong, message: null }]]);
    const job = { id: '7', payload: {}, attempts: 1, max_attempts: 5, locked_by: 'worker-1' } as Job;
    running = Promise.resolve(tasks.long?.({}, { job } as JobHelpers));
  });
  afterEach(() => jest.useRealTimers());

  it('is held on to every thirty seconds, until it ends', async () => {
    await jest.advanceTimersByTimeAsync(29_999);
    expect(renewed).toEqual([]);
    await jest.advanceTimersByTimeAsync(270_001);
    expect(renewed).toEqual(Array(10).fill('7 worker-1'));
    end();
    await running;
    await jest.advanceTimersByTimeAsync(120_000);
    expect(renewed).toHaveLength(10);
  });

  it('goes on while nobody can be told that it does', async () => {
    isReachable = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(renewed).toHaveLength(2);
    end();
    await expect(running).resolves.toBeUndefined();
  });
});
