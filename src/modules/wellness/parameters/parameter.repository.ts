import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import type { HealthParameter } from 'src/modules/wellness/entities/health-parameter.entity';
import { SlugExists } from 'src/modules/wellness/wellness.errors';

const COLUMNS = `
  p.id, p.slug, p.label, p.unit, p.data_type AS "dataType", p.category, p.active, p.position,
  p.created_at AS "createdAt"`;

const ALL: Statement = {
  name: 'health_parameter_all',
  text: `SELECT ${COLUMNS} FROM health_parameters p WHERE p.active OR NOT $1 ORDER BY p.position, p.slug`,
};
const FIND: Statement = {
  name: 'health_parameter_find',
  text: `SELECT ${COLUMNS} FROM health_parameters p WHERE p.id = ANY ($1::uuid[])`,
};
const LOCK: Statement = {
  name: 'health_parameter_lock',
  text: `SELECT ${COLUMNS} FROM health_parameters p WHERE p.id = $1 FOR NO KEY UPDATE`,
};
const INSERT: Statement = {
  name: 'health_parameter_insert',
  text: `INSERT INTO health_parameters AS p (slug, label, unit, data_type, category, active, position, created_at)
         VALUES ($1, $2, $3, $4, $5, true,
           coalesce($6, (SELECT coalesce(max(position), 0) + 1 FROM health_parameters)), $7)
         RETURNING ${COLUMNS}`,
};
const UPDATE: Statement = {
  name: 'health_parameter_update',
  text: `UPDATE health_parameters SET label = $2, unit = $3, category = $4, active = $5, position = $6 WHERE id = $1`,
};

/** What an admin writes of a new parameter. */
export type ParameterWrite = Pick<HealthParameter, 'slug' | 'label' | 'unit' | 'dataType' | 'category'> & {
  /** Null: the last place. */
  position: number | null;
};

/** Parameters are never removed: there may be values of them. */
@Injectable()
export class ParameterRepository {
  constructor(private readonly database: Database) {}

  /** By position. */
  async all({ activeOnly }: { activeOnly: boolean }): Promise<HealthParameter[]> {
    return this.database.query<HealthParameter>(ALL, [activeOnly]);
  }

  /** By id; those that are not there are left out. */
  async findByIds(ids: readonly string[]): Promise<Map<string, HealthParameter>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<HealthParameter>(FIND, [[...new Set(ids)]]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async lock(id: string): Promise<HealthParameter | null> {
    return this.database.first<HealthParameter>(LOCK, [id]);
  }

  /** @throws SlugExists */
  async insert(write: ParameterWrite, now: Date): Promise<HealthParameter> {
    const { slug, label, unit, dataType, category, position } = write;
    try {
      const values = [slug, JSON.stringify(label), unit, dataType, category, position, now];
      const [row] = await this.database.query<HealthParameter>(INSERT, values);
      if (!row) throw new Error('an insert answers its row');
      return row;
    } catch (error) {
      if (violates(error, 'health_parameters_slug')) throw new SlugExists({ cause: error });
      throw error;
    }
  }

  async update({ id, label, unit, category, active, position }: HealthParameter): Promise<void> {
    await this.database.execute(UPDATE, [id, JSON.stringify(label), unit, category, active, position]);
  }
}
