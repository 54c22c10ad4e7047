import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { pageOf } from 'src/common/paging/page';
import { PersonalRecordService } from './personal-record.service';
import { ListRecordsQuery } from './record.dto';
import { PersonalRecordPage, PersonalRecordResponse } from './record.response';

@ApiTags('Performances')
@Controller('performances/personal-records')
@Roles('client')
export class PersonalRecordController {
  constructor(private readonly records: PersonalRecordService) {}

  @Get()
  @ApiOperation({ summary: 'The own record of each exercise, or all that there were of one, latest first' })
  async list(
    @CurrentUser() me: Principal,
    @Query() query: ListRecordsQuery,
    @CallerLanguage() language: Language,
  ): Promise<PersonalRecordPage> {
    return pageOf(await this.records.page(me, query, language), query, (record) => PersonalRecordResponse.from(record));
  }
}
