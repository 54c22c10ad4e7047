import { Controller, Delete, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Revalidated, type Versioned } from 'src/common/http/versioned';
import { CalendarFeedResponse } from './calendar.response';
import { CalendarService } from './calendar.service';

const CALENDAR = 'text/calendar; charset=utf-8';
const ONE_SESSION = { type: CALENDAR, disposition: 'attachment; filename="session.ics"' };

@ApiTags('Agenda')
@Controller()
export class CalendarController {
  constructor(private readonly calendar: CalendarService) {}

  @Get('bookings/:id/calendar.ics')
  @Roles('client')
  @ApiOperation({ summary: 'One booking as a calendar file' })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Refuses({ 404: ['booking_not_found'] })
  async file(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.calendar.file(me, id), ONE_SESSION);
  }

  @Post('users/me/calendar-feed')
  @Roles('client')
  @ApiOperation({ summary: 'A new secret address to subscribe to; the earlier one is void' })
  async open(@CurrentUser() me: Principal): Promise<CalendarFeedResponse> {
    return CalendarFeedResponse.from(await this.calendar.open(me));
  }

  @Delete('users/me/calendar-feed')
  @Roles('client')
  @HttpCode(204)
  @ApiOperation({ summary: 'No address any more' })
  @ApiNoContentResponse()
  async close(@CurrentUser() me: Principal): Promise<void> {
    await this.calendar.close(me);
  }

  @Get('calendar/:token.ics')
  @Public()
  @Revalidated(CALENDAR)
  @ApiOperation({ summary: 'The calendar behind a secret address, from 30 days back on' })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Refuses({ 404: ['calendar_feed_not_found'] })
  async feed(@Param('token') token: string): Promise<Versioned<string>> {
    return this.calendar.feed(token);
  }
}
