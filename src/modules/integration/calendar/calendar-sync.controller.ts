import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CalendarSweepService } from './calendar-sweep.service';
import { CalendarSyncService } from './calendar-sync.service';
import { CalendarEventResponse, CalendarSyncResponse } from './calendar-sync.response';

@ApiTags('Integrations')
@Controller('integrations/calendar')
@Roles('client')
export class CalendarSyncController {
  constructor(
    private readonly calendar: CalendarSyncService,
    private readonly sweeps: CalendarSweepService,
  ) {}

  @Post('sync/:booking_id')
  @HttpCode(200)
  @ApiOperation({ summary: 'One booking into the own Google calendar, or out of it' })
  @Refuses({ 404: ['booking_not_found'], 422: ['integration_not_connected'], 502: ['provider_error'] })
  async sync(@CurrentUser() me: Principal, @Param('booking_id', IdPipe) id: string): Promise<CalendarEventResponse> {
    return CalendarEventResponse.from(await this.calendar.sync(me, id));
  }

  @Post('sync-all')
  @HttpCode(200)
  @ApiOperation({ summary: 'All coming confirmed bookings into the own Google calendar' })
  @Refuses({ 422: ['integration_not_connected'] })
  async syncAll(@CurrentUser() me: Principal): Promise<CalendarSyncResponse> {
    return CalendarSyncResponse.from(await this.sweeps.syncAll(me));
  }
}
