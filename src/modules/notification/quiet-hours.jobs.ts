import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { AnnouncementService } from './announcement.service';

const BATCH = 100;
const EVERY_MINUTE = Schedule.everyMinute();

/** The part of `send_session_reminders` that lets go what the quiet hours held back. */
@Injectable()
export class HeldMessagesJob implements PeriodicJob, OnModuleInit {
  readonly name = 'send_session_reminders';
  readonly schedule = EVERY_MINUTE;

  constructor(
    private readonly announcements: AnnouncementService,
    private readonly jobs: PeriodicJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(EVERY_MINUTE.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    return this.announcements.nextRelease();
  }

  async run(): Promise<number> {
    let done = 0;
    for (;;) {
      const released = await this.announcements.release(BATCH);
      done += released;
      if (released < BATCH) return done;
    }
  }
}
