import { Injectable } from '@nestjs/common';
import { inBatches } from 'src/common/jobs/in-batches';
import { Periodic } from 'src/common/jobs/periodic';
import { Schedule } from 'src/common/jobs/schedule';
import { AnnouncementService } from './announcement.service';

const BATCH = 100;

/** The part of `send_session_reminders` that lets go what the quiet hours held back. */
@Injectable()
export class HeldMessagesJob extends Periodic('send_session_reminders', Schedule.everyMinute()) {
  constructor(private readonly announcements: AnnouncementService) {
    super();
  }

  async nextDue(): Promise<Date | null> {
    return this.announcements.nextRelease();
  }

  async run(): Promise<number> {
    return inBatches((limit) => this.announcements.release(limit), BATCH);
  }
}
