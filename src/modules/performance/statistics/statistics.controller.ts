import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { ProgressionService } from './progression.service';
import { ProgressionQuery, WeekQuery } from './statistics.dto';
import { ProgressionStatsResponse, WeekStatsResponse } from './statistics.response';
import { WeekService } from './week.service';

@ApiTags('Performances')
@Controller('performances/stats')
@Roles('client')
export class StatisticsController {
  constructor(
    private readonly progressions: ProgressionService,
    private readonly weeks: WeekService,
  ) {}

  @Get('exercise/:id')
  @ApiOperation({ summary: 'How the caller gets on with an exercise, or a client who shares' })
  @Refuses({ 403: ['no_coaching_relation', 'sharing_disabled'], 404: ['exercise_not_found', 'client_not_found'] })
  async exercise(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ProgressionQuery,
    @CallerLanguage() language: Language,
  ): Promise<ProgressionStatsResponse> {
    return ProgressionStatsResponse.from(await this.progressions.of(me, id, query, language));
  }

  @Get('week')
  @ApiOperation({ summary: 'A week of training, from Monday to Sunday' })
  async week(@CurrentUser() me: Principal, @Query() { week_start }: WeekQuery): Promise<WeekStatsResponse> {
    return WeekStatsResponse.from(await this.weeks.of(me, week_start));
  }
}
