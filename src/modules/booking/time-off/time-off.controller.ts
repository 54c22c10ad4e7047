import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { CreateTimeOffDto, ListTimeOffQuery } from './time-off.dto';
import { TakenTimeOffResponse, TimeOffPage, TimeOffResponse } from './time-off.response';
import { TimeOffService } from './time-off.service';

@ApiTags('Coach time off')
@Controller('coaches/time-off')
export class TimeOffController {
  constructor(private readonly timeOffs: TimeOffService) {}

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own absences, by start' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async list(@CurrentUser() me: Principal, @Query() query: ListTimeOffQuery): Promise<TimeOffPage> {
    return pageOf(await this.timeOffs.page(me, query), query, (timeOff) => TimeOffResponse.from(timeOff));
  }

  @Post()
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Be away: the slots inside disappear, bookings inside stay and are named' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async take(@CurrentUser() me: Principal, @Body() dto: CreateTimeOffDto): Promise<TakenTimeOffResponse> {
    return TakenTimeOffResponse.fromTaken(await this.timeOffs.take(me, dto));
  }

  @Delete(':id')
  @Roles('coach')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Be there after all: the slots come back' })
  @Refuses({ 404: ['coach_profile_not_found', 'time_off_not_found'] })
  async remove(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.timeOffs.remove(me, id);
  }
}
