import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { pageOf } from 'src/common/paging/page';
import { AuditLogQuery } from './audit-log.dto';
import { AuditEntryResponse, AuditLogPage } from './audit-log.response';
import { AuditLogService } from './audit-log.service';

@ApiTags('Administration')
@Controller('admin/audit-log')
@Roles('admin')
export class AuditLogController {
  constructor(private readonly log: AuditLogService) {}

  @Get()
  @ApiOperation({ summary: 'What administrators did, newest first' })
  @ApiOkResponse({ type: AuditLogPage })
  async list(@CurrentUser() me: Principal, @Query() query: AuditLogQuery): Promise<AuditLogPage> {
    return pageOf(await this.log.page(me, query), query, AuditEntryResponse.from);
  }
}
