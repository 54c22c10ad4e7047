import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { Periodic } from './periodic';
import { type PeriodicJob, PeriodicJobs } from './periodic-jobs';
import { Schedule } from './schedule';

@Injectable()
class Hourly extends Periodic('hourly', Schedule.everyHours(1)) {
  nextDue(): Promise<Date | null> {
    return Promise.resolve(null);
  }

  run(): Promise<number> {
    return Promise.resolve(1);
  }
}

@Injectable()
class Nightly extends Periodic('nightly', Schedule.dailyAt(2, 30)) {
  nextDue(): Promise<Date | null> {
    return Promise.resolve(null);
  }

  run(): Promise<number> {
    return Promise.resolve(2);
  }
}

/** Stands for the jobs of a process, and remembers who came to it. */
class Register {
  readonly known: PeriodicJob[] = [];
  readonly ticked: PeriodicJob[] = [];

  register(job: PeriodicJob): void {
    this.known.push(job);
  }

  tick(job: PeriodicJob): Promise<void> {
    this.ticked.push(job);
    return Promise.resolve();
  }
}

@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [Hourly, Nightly, { provide: PeriodicJobs, useClass: Register }],
})
class Clockwork {}

describe('a class that extends Periodic', () => {
  it('registers itself by its name, and fires by its own schedule in UTC', async () => {
    const app = await NestFactory.createApplicationContext(Clockwork, { logger: false });
    try {
      const [hourly, nightly] = [app.get(Hourly), app.get(Nightly)];
      const register: Register = app.get(PeriodicJobs);
      expect(register.known.map(({ name }) => name)).toEqual(['hourly', 'nightly']);

      const fired = [...app.get(SchedulerRegistry).getCronJobs().values()];
      expect(fired.map(({ cronTime }) => [cronTime.source, cronTime.timeZone])).toEqual([
        ['0 */1 * * *', 'UTC'],
        ['30 2 * * *', 'UTC'],
      ]);
      for (const cron of fired) await cron.fireOnTick();
      expect(register.ticked).toEqual([hourly, nightly]);
    } finally {
      await app.close();
    }
  });
});
