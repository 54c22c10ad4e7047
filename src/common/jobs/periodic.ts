import { Inject, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type PeriodicJob, PeriodicJobs } from './periodic-jobs';
import type { Schedule } from './schedule';

/**
 * What a periodic job extends to be known by its name and to tick by its schedule, so that it only says what it does:
 * `class MarkLatePaymentsJob extends Periodic('mark_late_payments', Schedule.dailyAt(2, 0))`.
 *
 * @param name one of the contract's job names; under the name of another job it becomes a part of that one
 */
export function Periodic(name: string, schedule: Schedule) {
  abstract class Recurring implements PeriodicJob, OnModuleInit {
    readonly name = name;
    readonly schedule = schedule;

    @Inject(PeriodicJobs)
    private readonly jobs: PeriodicJobs;

    abstract nextDue(): Promise<Date | null>;
    abstract run(): Promise<number>;

    onModuleInit(): void {
      this.jobs.register(this);
    }

    @Cron(schedule.cron, { timeZone: 'UTC' })
    async tick(): Promise<void> {
      await this.jobs.tick(this);
    }
  }
  return Recurring;
}
