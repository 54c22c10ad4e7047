import { Injectable } from '@nestjs/common';
import { wireInstant } from 'src/common/http/instants';
import { batches } from 'src/common/paging/batches';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import type { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import { ScaleRepository } from './scale.repository';
import { ScaleSyncRepository } from './scale-sync.repository';

const BATCH = 500;
const EVER = { from: null, to: null };
const FIELDS = [
  'id',
  'measured_at',
  'source',
  'weight_kg',
  'bmi',
  'fat_pct',
  'muscle_pct',
  'water_pct',
  'bone_kg',
  'created_at',
  'updated_at',
] as const;

/** What scales say of somebody. */
@Injectable()
export class ScalePersonalData extends PersonalDataPart {
  readonly name = 'integration.scale';
  readonly tables: readonly PersonalTable[] = [
    { table: 'body_measurements', exported: FIELDS, withheld: { user_id: 'whose export it is' } },
    {
      table: 'scale_syncs',
      exported: [],
      withheld: {
        user_id: 'key',
        connected_at: 'how it is kept: the connection itself is exported by its name',
        known_until: 'how it is kept',
        due_at: 'how it is kept',
      },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    { name: 'body_measurements', isSingle: false, fields: FIELDS, rows: ({ userId }) => this.rows(userId) },
  ];

  constructor(
    private readonly measurements: ScaleRepository,
    private readonly syncs: ScaleSyncRepository,
  ) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    await this.syncs.remove(userId);
    await this.measurements.erase(userId);
    return 'done';
  }

  private async *rows(userId: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
    const all = batches<BodyMeasurement>(BATCH, (last) => this.measurements.next(userId, EVER, last, BATCH));
    for await (const batch of all)
      for (const row of batch)
        yield {
          id: row.id,
          measured_at: wireInstant(row.measuredAt),
          source: row.source,
          weight_kg: row.weightKg,
          bmi: row.bmi,
          fat_pct: row.fatPct,
          muscle_pct: row.musclePct,
          water_pct: row.waterPct,
          bone_kg: row.boneKg,
          created_at: wireInstant(row.createdAt),
          updated_at: wireInstant(row.updatedAt),
        };
  }
}
