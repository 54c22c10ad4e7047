import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { CsvCell, CsvTable } from 'src/common/csv/csv-file';
import { wireInstant } from 'src/common/http/instants';
import { batches } from 'src/common/paging/batches';
import { type InstantRange, resolveRange } from 'src/common/paging/range';
import type { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import type { MeasurementRangeQuery } from './scale.dto';
import { ScaleRepository } from './scale.repository';

const BATCH = 500;
const COLUMNS = ['measured_at', 'weight_kg', 'bmi', 'fat_pct', 'muscle_pct', 'water_pct', 'bone_kg', 'source'] as const;

/** A person's measurements as a file. */
@Injectable()
export class ScaleExportService {
  constructor(private readonly measurements: ScaleRepository) {}

  /**
   * The caller's measurements, oldest first, read in batches. Times are UTC, a day of the query is one of the caller's
   * zone.
   *
   * @throws ValidationFailed `invalid_date_range`
   */
  async table(me: Principal, query: MeasurementRangeQuery): Promise<CsvTable> {
    const range = resolveRange(query, me.timezone);
    // Read before the first byte is sent: a database that is away is still a refusal then.
    const first = await this.measurements.next(me.userId, range, null, BATCH);
    return { columns: COLUMNS, rows: this.rows(me.userId, range, first) };
  }

  private async *rows(userId: string, range: InstantRange, first: BodyMeasurement[]): AsyncGenerator<CsvCell[]> {
    const all = batches(BATCH, (last) => this.measurements.next(userId, range, last, BATCH), first);
    for await (const batch of all) yield* batch.map(lineOf);
  }
}

function lineOf(measurement: BodyMeasurement): CsvCell[] {
  const { measuredAt, weightKg, bmi, fatPct, musclePct, waterPct, boneKg, source } = measurement;
  return [wireInstant(measuredAt), weightKg, bmi, fatPct, musclePct, waterPct, boneKg, source];
}
