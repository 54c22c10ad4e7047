import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { WorkScheduleDayResponse } from './availability.response';
import { WorkScheduleDto } from './work-schedule.dto';
import { WorkScheduleService } from './work-schedule.service';

@ApiTags('Coach availability')
@Controller('coaches/work-schedule')
export class WorkScheduleController {
  constructor(private readonly schedules: WorkScheduleService) {}

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own week, from Monday on' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async find(@CurrentUser() me: Principal): Promise<WorkScheduleDayResponse[]> {
    return WorkScheduleDayResponse.weekOf(await this.schedules.find(me));
  }

  @Put()
  @Roles('coach')
  @ApiOperation({ summary: 'Replace the own week; bookings made stay' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async replace(@CurrentUser() me: Principal, @Body() dto: WorkScheduleDto): Promise<WorkScheduleDayResponse[]> {
    return WorkScheduleDayResponse.weekOf(await this.schedules.replace(me, dto));
  }
}
