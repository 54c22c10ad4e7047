import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import { MEASURE_SOURCES, type MeasureSource } from './scale.types';

export class BodyMeasurementResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  user_id: string;
  @ApiInstant()
  measured_at: string;
  @ApiProperty({ type: Number, nullable: true })
  weight_kg: number | null;
  @ApiProperty({ type: Number, nullable: true })
  bmi: number | null;
  @ApiProperty({ type: Number, nullable: true })
  fat_pct: number | null;
  @ApiProperty({ type: Number, nullable: true })
  muscle_pct: number | null;
  @ApiProperty({ type: Number, nullable: true })
  bone_kg: number | null;
  @ApiProperty({ type: Number, nullable: true })
  water_pct: number | null;
  @ApiProperty({ enum: MEASURE_SOURCES })
  source: MeasureSource;

  static from(measurement: BodyMeasurement): BodyMeasurementResponse {
    return {
      id: measurement.id,
      user_id: measurement.userId,
      measured_at: wireInstant(measurement.measuredAt),
      weight_kg: measurement.weightKg,
      bmi: measurement.bmi,
      fat_pct: measurement.fatPct,
      muscle_pct: measurement.musclePct,
      bone_kg: measurement.boneKg,
      water_pct: measurement.waterPct,
      source: measurement.source,
    };
  }
}

export class BodyMeasurementPage extends PageResponse(BodyMeasurementResponse) {}
