import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { BookingAnswerService } from './booking-answer.service';

const BATCH = 100;

/** T4: requests that nobody answered in time give their seat back. */
@Injectable()
export class AutoRejectJob implements PeriodicJob, OnModuleInit {
  readonly name = 'auto_reject_expired_bookings';
  readonly schedule = Schedule.everyMinute();

  constructor(
    private readonly answers: BookingAnswerService,
    private readonly jobs: PeriodicJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron('* * * * *', { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    return this.answers.firstDeadline();
  }

  async run(): Promise<number> {
    let done = 0;
    for (let ids = await this.answers.lapsedIds(BATCH); ids.length > 0; ids = await this.answers.lapsedIds(BATCH)) {
      const before = done;
      for (const id of ids) if (await this.answers.expire(id)) done += 1;
      // Whatever is left is being worked off by another process.
      if (done === before) break;
    }
    return done;
  }
}
