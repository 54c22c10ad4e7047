import { Module } from '@nestjs/common';
import { BookingModule } from 'src/modules/booking/booking.module';
import { ConnectionModule } from 'src/modules/integration/connections/connection.module';
import { CalendarSweepService } from './calendar-sweep.service';
import { CalendarSyncController } from './calendar-sync.controller';
import { CalendarSyncService } from './calendar-sync.service';
import { CalendarJobs } from './calendar.jobs';
import { CalendarListener } from './calendar.listener';
import { GoogleCalendar } from './google-calendar';
import { GoogleCalendarOAuth } from './google-calendar-oauth';

/** Sessions in the Google calendars of their people. */
@Module({
  imports: [BookingModule, ConnectionModule],
  controllers: [CalendarSyncController],
  providers: [
    GoogleCalendarOAuth,
    GoogleCalendar,
    CalendarSyncService,
    CalendarSweepService,
    CalendarListener,
    CalendarJobs,
  ],
})
export class CalendarModule {}
