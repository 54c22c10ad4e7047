import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { WaitlistUpkeepService } from './waitlist-upkeep.service';
import { WaitlistRepository } from './waitlist.repository';

const BATCH = 100;
const EVERY_MINUTE = Schedule.everyMinute();

/** Offers that nobody took go to the next one, slots that begin end their queues, and places nobody told of are offered. */
@Injectable()
export class WaitlistJobs implements PeriodicJob, OnModuleInit {
  readonly name = 'expire_waitlist_notifications';
  readonly schedule = EVERY_MINUTE;

  constructor(
    private readonly entries: WaitlistRepository,
    private readonly upkeep: WaitlistUpkeepService,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(EVERY_MINUTE.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    const now = this.clock.now();
    for (const coachId of await this.entries.findWaitingCoaches(now))
      if (await this.upkeep.isBehind(coachId)) return now;
    return this.entries.nextDue();
  }

  async run(): Promise<number> {
    let changed = await workOff(
      () => this.entries.findDue(this.clock.now(), BATCH),
      (queue) => this.upkeep.tendOne(queue),
    );
    for (const coachId of await this.entries.findWaitingCoaches(this.clock.now()))
      if (await this.upkeep.isBehind(coachId)) changed += await this.upkeep.slotsChanged(coachId);
    return changed;
  }
}
