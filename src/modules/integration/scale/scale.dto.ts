import { IntersectionType } from '@nestjs/swagger';
import { ChartQuery } from 'src/common/chart/chart-query';
import { Choice, Decimal, Instant, Nullable, Optional } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';
import { LEAST_WEIGHT_KG, MOST_BMI, MOST_BONE_KG, MOST_WEIGHT_KG } from './scale.rules';
import { MEASURE_SOURCES, type MeasureSource } from './scale.types';

/** What somebody read off a scale. */
export class ManualMeasurementDto {
  @Decimal(LEAST_WEIGHT_KG, MOST_WEIGHT_KG)
  weight_kg: number;

  /** Now, where it is not given; at most five minutes ahead. */
  @Optional()
  @Instant()
  measured_at?: Date;

  @Nullable()
  @Decimal(0, 100)
  fat_pct?: number | null;

  @Nullable()
  @Decimal(0, 100)
  muscle_pct?: number | null;

  @Nullable()
  @Decimal(0, 100)
  water_pct?: number | null;

  @Nullable()
  @Decimal(0, MOST_BONE_KG)
  bone_kg?: number | null;

  /** Reckoned where it is not given, if the profile tells the height. */
  @Nullable()
  @Decimal(0, MOST_BMI)
  bmi?: number | null;
}

export class MeasurementRangeQuery {
  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}

export class ListMeasurementsQuery extends IntersectionType(PageQuery, MeasurementRangeQuery) {
  @Optional()
  @Choice(MEASURE_SOURCES)
  source?: MeasureSource;
}

export class ScaleChartQuery extends IntersectionType(MeasurementRangeQuery, ChartQuery) {}
