import { Body, Controller, Get, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { csvFile } from 'src/common/csv/csv-file';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { ListMeasurementsQuery, ManualMeasurementDto, MeasurementRangeQuery, ScaleChartQuery } from './scale.dto';
import { BodyMeasurementPage, BodyMeasurementResponse } from './scale.response';
import { ScaleService } from './scale.service';
import { ScaleChartService } from './scale-chart.service';
import { ScaleExportService } from './scale-export.service';
import { ScaleImportService } from './scale-import.service';

const SVG = 'image/svg+xml';

@ApiTags('Integrations')
@Controller('integrations/scale')
@Roles('client')
export class ScaleController {
  constructor(
    private readonly scale: ScaleService,
    private readonly charts: ScaleChartService,
    private readonly exports: ScaleExportService,
    private readonly imports: ScaleImportService,
  ) {}

  @Post('manual')
  @Idempotent()
  @ApiOperation({ summary: 'Write down what a scale shows; another one of the same moment takes its place' })
  async enter(@CurrentUser() me: Principal, @Body() dto: ManualMeasurementDto): Promise<BodyMeasurementResponse> {
    return BodyMeasurementResponse.from(await this.scale.enter(me, dto));
  }

  @Get('import')
  @ApiOperation({ summary: 'Bring in what the connected scale has measured since the last time, and see what is new' })
  @Refuses({ 422: ['integration_not_connected'], 502: ['provider_error'] })
  async import(@CurrentUser() me: Principal): Promise<BodyMeasurementResponse[]> {
    return (await this.imports.importFor(me)).map((measurement) => BodyMeasurementResponse.from(measurement));
  }

  @Get('history')
  @ApiOperation({ summary: 'The own measurements, the latest first' })
  async history(@CurrentUser() me: Principal, @Query() query: ListMeasurementsQuery): Promise<BodyMeasurementPage> {
    return pageOf(await this.scale.page(me, query), query, (measurement) => BodyMeasurementResponse.from(measurement));
  }

  @Get('export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({ summary: 'The own measurements as a file, oldest first' })
  async export(@CurrentUser() me: Principal, @Query() query: MeasurementRangeQuery): Promise<StreamableFile> {
    return csvFile('mycoach_measurements.csv', await this.exports.table(me, query));
  }

  @Get('chart.svg')
  @ApiOperation({ summary: 'The own weight as a picture, and the body fat where it is told' })
  @ApiProduces(SVG)
  @ApiOkResponse({ schema: { type: 'string' } })
  async chart(
    @CurrentUser() me: Principal,
    @Query() query: ScaleChartQuery,
    @CallerLanguage() language: Language,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.charts.chart(me, query, language), { type: SVG });
  }
}
