import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import type { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import type { MeasureSource, Reading } from './scale.types';

const COLUMNS = `
  m.id, m.user_id AS "userId", m.measured_at AS "measuredAt", m.source, m.weight_kg::float8 AS "weightKg",
  m.bmi::float8 AS bmi, m.fat_pct::float8 AS "fatPct", m.muscle_pct::float8 AS "musclePct",
  m.water_pct::float8 AS "waterPct", m.bone_kg::float8 AS "boneKg", m.created_at AS "createdAt",
  m.updated_at AS "updatedAt"`;
const WITHIN = `m.user_id = $1 AND ($2::timestamptz IS NULL OR m.measured_at >= $2)
                AND ($3::timestamptz IS NULL OR m.measured_at < $3)`;

/** A row that is already the same is not written again. Of several writers each changes the rows in one order. */
const STORE: Statement = {
  name: 'measurements_store',
  text: `INSERT INTO body_measurements AS m (user_id, source, measured_at, weight_kg, bmi, fat_pct, muscle_pct,
           water_pct, bone_kg, created_at, updated_at)
         SELECT $1, $2, "measuredAt", "weightKg", bmi, "fatPct", "musclePct", "waterPct", "boneKg", $4, $4
         FROM jsonb_to_recordset($3::jsonb) AS row ("measuredAt" timestamptz, "weightKg" numeric, bmi numeric,
           "fatPct" numeric, "musclePct" numeric, "waterPct" numeric, "boneKg" numeric)
         ORDER BY "measuredAt"
         ON CONFLICT (user_id, measured_at, source) DO UPDATE
           SET weight_kg = EXCLUDED.weight_kg, bmi = EXCLUDED.bmi, fat_pct = EXCLUDED.fat_pct,
             muscle_pct = EXCLUDED.muscle_pct, water_pct = EXCLUDED.water_pct, bone_kg = EXCLUDED.bone_kg,
             updated_at = EXCLUDED.updated_at
           WHERE (m.weight_kg, m.bmi, m.fat_pct, m.muscle_pct, m.water_pct, m.bone_kg)
             IS DISTINCT FROM (EXCLUDED.weight_kg, EXCLUDED.bmi, EXCLUDED.fat_pct, EXCLUDED.muscle_pct,
               EXCLUDED.water_pct, EXCLUDED.bone_kg)
         RETURNING ${COLUMNS}, m.xmax = 0 AS "isNew"`,
};
const FIND: Statement = {
  name: 'measurements_find',
  text: `SELECT ${COLUMNS} FROM body_measurements m WHERE m.user_id = $1 AND m.measured_at = $2 AND m.source = $3`,
};
const PAGE: Statement = {
  name: 'measurements_page',
  text: `SELECT ${COLUMNS} FROM body_measurements m WHERE ${WITHIN} AND ($4::text IS NULL OR m.source = $4)
         ORDER BY m.measured_at DESC, m.id LIMIT $5 OFFSET $6`,
};
const COUNT: Statement = {
  name: 'measurements_count',
  text: `SELECT count(*)::int AS total FROM body_measurements m WHERE ${WITHIN} AND ($4::text IS NULL OR m.source = $4)`,
};
const NEXT: Statement = {
  name: 'measurements_next',
  text: `SELECT ${COLUMNS} FROM body_measurements m
         WHERE ${WITHIN}
           AND ($4::timestamptz IS NULL OR (m.measured_at >= $4 AND (m.measured_at > $4 OR m.id < $5::uuid)))
         ORDER BY m.measured_at, m.id DESC LIMIT $6`,
};
const ERASE: Statement = { name: 'measurements_erase', text: 'DELETE FROM body_measurements WHERE user_id = $1' };

@Injectable()
export class ScaleRepository {
  constructor(private readonly database: Database) {}

  /**
   * Writes down what was read. What is known of the same instant and source gives way to it.
   *
   * @param readings no two of one instant
   * @returns those that were not known, in no order
   */
  async store(
    userId: string,
    source: MeasureSource,
    readings: readonly Reading[],
    now: Date,
  ): Promise<BodyMeasurement[]> {
    if (readings.length === 0) return [];
    const values = [userId, source, JSON.stringify(readings), now];
    const written = await this.database.query<BodyMeasurement & { isNew: boolean }>(STORE, values);
    return written.filter(({ isNew }) => isNew);
  }

  async find(userId: string, measuredAt: Date, source: MeasureSource): Promise<BodyMeasurement | null> {
    return this.database.first<BodyMeasurement>(FIND, [userId, measuredAt, source]);
  }

  /** The latest first. */
  async page(
    userId: string,
    { from, to }: InstantRange,
    source: MeasureSource | null,
    { offset, limit }: PageQuery,
  ): Promise<Rows<BodyMeasurement>> {
    const filter = [userId, from, to, source];
    return this.database.page<BodyMeasurement>(PAGE, [...filter, limit, offset], COUNT, filter);
  }

  /** The latest of a time, the oldest of them first. */
  async latest(userId: string, { from, to }: InstantRange, limit: number): Promise<BodyMeasurement[]> {
    const rows = await this.database.query<BodyMeasurement>(PAGE, [userId, from, to, null, limit, 0]);
    return rows.reverse();
  }

  /**
   * The oldest first.
   *
   * @param last the one after which to go on; null = from the beginning
   */
  async next(
    userId: string,
    { from, to }: InstantRange,
    last: BodyMeasurement | null,
    limit: number,
  ): Promise<BodyMeasurement[]> {
    const values = [userId, from, to, last?.measuredAt ?? null, last?.id ?? null, limit];
    return this.database.query<BodyMeasurement>(NEXT, values);
  }

  async erase(userId: string): Promise<void> {
    await this.database.execute(ERASE, [userId]);
  }
}
