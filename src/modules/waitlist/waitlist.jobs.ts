import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Periodic } from 'src/common/jobs/periodic';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { WaitlistUpkeepService } from './waitlist-upkeep.service';
import { WaitlistRepository } from './waitlist.repository';

const BATCH = 100;

/** Offers that nobody took go to the next one, slots that begin end their queues, and places nobody told of are offered. */
@Injectable()
export class WaitlistJobs extends Periodic('expire_waitlist_notifications', Schedule.everyMinute()) {
  constructor(
    private readonly entries: WaitlistRepository,
    private readonly upkeep: WaitlistUpkeepService,
    private readonly clock: Clock,
  ) {
    super();
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
