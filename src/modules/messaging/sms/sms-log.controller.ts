import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { pageOf } from 'src/common/paging/page';
import { ListSmsQuery } from './sms.dto';
import { SmsLogPage, SmsLogResponse } from './sms.response';
import { SmsLogService } from './sms-log.service';

@ApiTags('SMS')
@Controller('coaches/sms')
export class SmsLogController {
  constructor(private readonly log: SmsLogService) {}

  @Get('logs')
  @Roles('coach')
  @ApiOperation({ summary: 'What the caller has sent and what became of it, newest first' })
  async list(
    @CurrentUser() me: Principal,
    @Query() query: ListSmsQuery,
    @CallerLanguage() language: Language,
  ): Promise<SmsLogPage> {
    return pageOf(await this.log.page(me, query, language), query, (sms) => SmsLogResponse.from(sms));
  }
}
