import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { CreateLogDto, ListLogsQuery } from './log.dto';
import { HealthLogPage, HealthLogResponse } from './log.response';
import { HealthLogService } from './log.service';

@ApiTags('Wellness')
@Controller('health')
export class HealthLogController {
  constructor(private readonly logs: HealthLogService) {}

  @Post('logs')
  @Roles('client')
  @Idempotent()
  @ApiOperation({ summary: 'Enter a value' })
  @Refuses({ 422: ['unknown_parameter', 'inactive_parameter', 'integer_required'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateLogDto): Promise<HealthLogResponse> {
    return HealthLogResponse.from(await this.logs.create(me, dto));
  }

  @Get('logs')
  @Roles('client')
  @ApiOperation({ summary: 'The own values, latest first' })
  async list(@CurrentUser() me: Principal, @Query() query: ListLogsQuery): Promise<HealthLogPage> {
    return pageOf(await this.logs.page(me, query), query, (log) => HealthLogResponse.from(log));
  }

  @Delete('logs/:id')
  @Roles('client')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a value' })
  @Refuses({ 404: ['log_not_found'] })
  async remove(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.logs.remove(me, id);
  }

  @Get('clients/:client_id/logs')
  @Roles('coach')
  @ApiOperation({ summary: 'The values that a client shares with the caller, latest first' })
  @Refuses({ 403: ['no_coaching_relation'], 404: ['client_not_found'] })
  async listOfClient(
    @CurrentUser() me: Principal,
    @Param('client_id', IdPipe) clientId: string,
    @Query() query: ListLogsQuery,
  ): Promise<HealthLogPage> {
    return pageOf(await this.logs.pageOfClient(me, clientId, query), query, (log) => HealthLogResponse.from(log));
  }
}
