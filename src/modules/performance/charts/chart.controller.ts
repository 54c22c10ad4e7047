import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { ProgressionChartQuery, WeekChartQuery } from './chart.dto';
import { ChartService } from './chart.service';

const SVG = 'image/svg+xml';

@ApiTags('Performances')
@Controller('performances/stats')
@Roles('client')
export class ChartController {
  constructor(private readonly charts: ChartService) {}

  @Get('exercise/:id/chart.svg')
  @ApiOperation({ summary: 'The progress with an exercise as a picture' })
  @ApiProduces(SVG)
  @ApiOkResponse({ schema: { type: 'string' } })
  @Refuses({ 403: ['no_coaching_relation', 'sharing_disabled'], 404: ['exercise_not_found', 'client_not_found'] })
  async exercise(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ProgressionChartQuery,
    @CallerLanguage() language: Language,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.charts.exercise(me, id, query, language), { type: SVG });
  }

  @Get('week/chart.svg')
  @ApiOperation({ summary: 'The last weeks as a picture: volume, and which muscles worked' })
  @ApiProduces(SVG)
  @ApiOkResponse({ schema: { type: 'string' } })
  async week(
    @CurrentUser() me: Principal,
    @Query() query: WeekChartQuery,
    @CallerLanguage() language: Language,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.charts.week(me, query, language), { type: SVG });
  }
}
