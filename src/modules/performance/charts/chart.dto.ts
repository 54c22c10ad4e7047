import { IntersectionType } from '@nestjs/swagger';
import { ChartQuery } from 'src/common/chart/chart-query';
import { Optional, Whole } from 'src/common/http/fields';
import { ProgressionQuery } from 'src/modules/performance/statistics/statistics.dto';

export class ProgressionChartQuery extends IntersectionType(ProgressionQuery, ChartQuery) {}

export class WeekChartQuery extends ChartQuery {
  /** This week and those before it. */
  @Optional()
  @Whole(4, 52, { query: true })
  weeks: number = 12;
}
