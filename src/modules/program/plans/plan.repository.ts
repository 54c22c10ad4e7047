import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import type { PlanSummary } from './plan.types';

const COLUMNS = `
  p.id, p.source, p.owner_id AS "ownerId", p.name, p.description, p.duration_weeks AS "durationWeeks", p.level, p.goal,
  p.notes, p.seed, p.archived_at AS "archivedAt", p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

const FIND: Statement = { name: 'plan_find', text: `SELECT ${COLUMNS} FROM plans p WHERE p.id = $1` };
const KEEP: Statement = { name: 'plan_keep', text: `${FIND.text} FOR SHARE` };
const FIND_WRITTEN = `SELECT ${COLUMNS} FROM plans p WHERE p.id = $1 AND p.owner_id = $2 AND p.source = 'coach'`;
const LOCK: Statement = { name: 'plan_lock', text: `${FIND_WRITTEN} FOR NO KEY UPDATE` };
const SHARE: Statement = { name: 'plan_share', text: `${FIND_WRITTEN} FOR SHARE` };
const WRITTEN_BY = `p.owner_id = $1 AND p.source = 'coach' AND ($2 OR p.archived_at IS NULL)`;
const COUNT: Statement = {
  name: 'plan_count',
  text: `SELECT count(*)::int AS total FROM plans p WHERE ${WRITTEN_BY}`,
};
const PAGE: Statement = {
  name: 'plan_page',
  text: `SELECT ${COLUMNS},
           (SELECT count(*)::int FROM planned_sessions s WHERE s.plan_id = p.id) AS "sessionsCount",
           (SELECT count(DISTINCT a.client_id)::int FROM plan_assignments a
            WHERE a.plan_id = p.id AND a.plan_source = p.source AND a.plan_owner_id = p.owner_id AND a.active)
             AS "assignedClientsCount"
         FROM plans p WHERE ${WRITTEN_BY} ORDER BY p.created_at DESC, p.id OFFSET $3 LIMIT $4`,
};
const INSERT: Statement = {
  name: 'plan_insert',
  text: `INSERT INTO plans (id, source, owner_id, name, description, duration_weeks, level, goal, notes, seed, archived_at,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};
const UPDATE: Statement = {
  name: 'plan_update',
  text: `UPDATE plans SET name = $2, description = $3, duration_weeks = $4, level = $5, goal = $6, archived_at = $7,
           updated_at = $8 WHERE id = $1`,
};
/** Its week goes with it. */
const REMOVE: Statement = { name: 'plan_remove', text: 'DELETE FROM plans WHERE id = $1' };

@Injectable()
export class PlanRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Plan | null> {
    return this.database.first<Plan>(FIND, [id]);
  }

  /** Any plan, kept as it is until the end of the transaction. */
  async keep(id: string): Promise<Plan | null> {
    return this.database.first<Plan>(KEEP, [id]);
  }

  /** A plan that this coach wrote, held: nobody changes, archives, removes or assigns it meanwhile. */
  async lock(coachId: string, id: string): Promise<Plan | null> {
    return this.database.first<Plan>(LOCK, [id, coachId]);
  }

  /** The same, kept as it is: others may assign it too. */
  async share(coachId: string, id: string): Promise<Plan | null> {
    return this.database.first<Plan>(SHARE, [id, coachId]);
  }

  /** What this coach wrote, newest first. */
  async page(
    coachId: string,
    isArchivedToo: boolean,
    { offset, limit }: Pick<PageQuery, 'offset' | 'limit'>,
  ): Promise<Rows<PlanSummary>> {
    return this.database.page<PlanSummary>(PAGE, [coachId, isArchivedToo, offset, limit], COUNT, [
      coachId,
      isArchivedToo,
    ]);
  }

  async insert(plan: Plan): Promise<void> {
    const { id, source, ownerId, name, description, durationWeeks, level, goal, notes, seed } = plan;
    const { archivedAt, createdAt, updatedAt } = plan;
    await this.database.execute(INSERT, [
      ...[id, source, ownerId, name, description, durationWeeks, level, goal, JSON.stringify(notes), seed],
      ...[archivedAt, createdAt, updatedAt],
    ]);
  }

  /** What a coach may change of it. */
  async update(plan: Plan): Promise<void> {
    const { id, name, description, durationWeeks, level, goal, archivedAt, updatedAt } = plan;
    await this.database.execute(UPDATE, [id, name, description, durationWeeks, level, goal, archivedAt, updatedAt]);
  }

  /** One that was never assigned. */
  async remove(id: string): Promise<void> {
    await this.database.execute(REMOVE, [id]);
  }
}
