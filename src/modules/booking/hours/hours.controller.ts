import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { HoursSummaryResponse } from './hours.response';
import { HoursService } from './hours.service';

@ApiTags('Coach clients')
@Controller('coaches/clients')
export class HoursController {
  constructor(private readonly hours: HoursService) {}

  @Get(':id/hours')
  @Roles('coach')
  @ApiOperation({ summary: 'What a client has had, has left and owes' })
  @Refuses({ 404: ['client_not_found'] })
  async find(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<HoursSummaryResponse> {
    return HoursSummaryResponse.from(await this.hours.find(me, id));
  }
}
