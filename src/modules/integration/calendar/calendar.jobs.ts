import { Injectable, type OnModuleInit } from '@nestjs/common';
import { bestEffort } from 'src/common/jobs/best-effort';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { CalendarSweepService } from './calendar-sweep.service';
import { CalendarSyncService } from './calendar-sync.service';
import { FOLLOW_ALL, FOLLOW_BOOKING } from './calendar.types';

/** What happens in calendars after the commit. */
@Injectable()
export class CalendarJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly calendar: CalendarSyncService,
    private readonly sweeps: CalendarSweepService,
  ) {}

  onModuleInit(): void {
    this.registry.register(
      FOLLOW_BOOKING,
      bestEffort(FOLLOW_BOOKING, ({ userId, bookingId }) => this.calendar.follow(String(userId), String(bookingId))),
    );
    this.registry.register(FOLLOW_ALL, ({ userId }) => this.sweeps.followAll(String(userId)));
  }
}
