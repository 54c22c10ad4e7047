import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { pageOf } from 'src/common/paging/page';
import { AgendaQuery } from './agenda.dto';
import { AgendaEventResponse, AgendaPage } from './agenda.response';
import { CalendarService } from './calendar.service';

@ApiTags('Agenda')
@Controller('agenda')
@Roles('client')
export class AgendaController {
  constructor(private readonly calendar: CalendarService) {}

  @Get()
  @ApiOperation({ summary: 'Own sessions as client and as coach, earliest first' })
  async list(@CurrentUser() me: Principal, @Query() query: AgendaQuery): Promise<AgendaPage> {
    return pageOf(await this.calendar.agenda(me, query), query, (event) => AgendaEventResponse.from(event));
  }
}
