import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PlanSource } from 'src/modules/program/plans/plan-source.types';
import type { Assignment } from './assignment.types';

const COLUMNS = `
  a.id, a.plan_id AS "planId", a.plan_source AS "planSource", a.plan_owner_id AS "planOwnerId",
  a.client_id AS "clientId", a.start_date::text AS "startDate", a.mode, a.active, a.created_at AS "createdAt",
  a.ended_at AS "endedAt"`;

const ACTIVE: Statement = {
  name: 'assignment_active',
  text: `SELECT ${COLUMNS} FROM plan_assignments a WHERE a.client_id = $1 AND a.active
         ORDER BY a.plan_source = 'coach' DESC, a.position DESC`,
};
const OF_PLAN: Statement = {
  name: 'assignment_of_plan',
  text: `SELECT ${COLUMNS} FROM plan_assignments a WHERE a.client_id = $1 AND a.plan_id = $2
         ORDER BY a.position DESC LIMIT 1`,
};
const FIND: Statement = {
  name: 'assignment_find',
  text: `SELECT ${COLUMNS} FROM plan_assignments a WHERE a.id = $1`,
};
const END: Statement = {
  name: 'assignment_end',
  text: `UPDATE plan_assignments SET active = false, ended_at = $2
         WHERE client_id = $1 AND active AND plan_source = ANY ($3)`,
};
const END_OF_COACH: Statement = {
  name: 'assignment_end_of_coach',
  text: `UPDATE plan_assignments SET active = false, ended_at = $3
         WHERE client_id = $1 AND active AND plan_source = 'coach' AND plan_owner_id = $2`,
};
const INSERT: Statement = {
  name: 'assignment_insert',
  text: `INSERT INTO plan_assignments AS a (plan_id, plan_source, plan_owner_id, client_id, start_date, mode, active,
           created_at)
         VALUES ($1, $2, $3, $4, $5, $6, true, $7) RETURNING ${COLUMNS}`,
};
const LAST_FOLLOWED: Statement = {
  name: 'assignment_last_followed',
  text: 'SELECT max(position)::text AS position FROM plan_assignments WHERE plan_id = $1 AND active',
};
const FOLLOWERS: Statement = {
  name: 'assignment_followers',
  text: `SELECT DISTINCT client_id AS "clientId" FROM plan_assignments
         WHERE plan_id = $1 AND active AND position <= $2 AND ($3::uuid IS NULL OR client_id > $3)
         ORDER BY client_id LIMIT $4`,
};
const IS_FOLLOWED: Statement = {
  name: 'assignment_is_followed',
  text: `SELECT EXISTS (SELECT FROM plan_assignments WHERE plan_id = $1 AND client_id = $2 AND active) AS "isFollowed"`,
};
const WAS_ASSIGNED: Statement = {
  name: 'assignment_was',
  text: 'SELECT EXISTS (SELECT FROM plan_assignments WHERE plan_id = $1) AS "wasAssigned"',
};
const LAST_SEED: Statement = {
  name: 'assignment_last_seed',
  text: `SELECT p.seed FROM plan_assignments a JOIN plans p ON p.id = a.plan_id
         WHERE a.client_id = $1 AND a.plan_source = 'ai' ORDER BY a.position DESC LIMIT 1`,
};

export type NewAssignment = Pick<
  Assignment,
  'planId' | 'planSource' | 'planOwnerId' | 'clientId' | 'startDate' | 'mode' | 'createdAt'
>;

/** Who follows which plan. Before an assignment is made or ended, its client is locked (`UserService.lock`). */
@Injectable()
export class AssignmentRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Assignment | null> {
    return this.database.first<Assignment>(FIND, [id]);
  }

  /** What the client follows: the plans of coaches, newest first, then the generated one. */
  async active(clientId: string): Promise<Assignment[]> {
    return this.database.query<Assignment>(ACTIVE, [clientId]);
  }

  /** The last time that this client got this plan, over or not. */
  async latestOf(clientId: string, planId: string): Promise<Assignment | null> {
    return this.database.first<Assignment>(OF_PLAN, [clientId, planId]);
  }

  /** Under the lock of the client. */
  async end(clientId: string, sources: readonly PlanSource[], now: Date): Promise<void> {
    await this.database.execute(END, [clientId, now, sources]);
  }

  /** Those that this coach assigned. Under the lock of the client. */
  async endOfCoach(clientId: string, coachId: string, now: Date): Promise<void> {
    await this.database.execute(END_OF_COACH, [clientId, coachId, now]);
  }

  /** Under the lock of the client. */
  async insert(wanted: NewAssignment): Promise<Assignment> {
    const { planId, planSource, planOwnerId, clientId, startDate, mode, createdAt } = wanted;
    const values = [planId, planSource, planOwnerId, clientId, startDate, mode, createdAt];
    const [row] = await this.database.query<Assignment>(INSERT, values);
    if (!row) throw new Error('an insert answers its row');
    return row;
  }

  /** The `position` of the newest assignment by which somebody follows the plan; null when nobody does. */
  async lastFollowed(planId: string): Promise<string | null> {
    return this.database.value<string>(LAST_FOLLOWED, [planId]);
  }

  /**
   * users.id of who follows the plan now and did so by then, each once, in order.
   *
   * @param until the `position` of the last assignment that counts
   * @param after the last id of the page before
   */
  async followersOf(planId: string, until: string, after: string | null, limit: number): Promise<string[]> {
    return this.database.values<string>(FOLLOWERS, [planId, until, after, limit]);
  }

  async isFollowed(planId: string, clientId: string): Promise<boolean> {
    return (await this.database.value<boolean>(IS_FOLLOWED, [planId, clientId])) ?? false;
  }

  async wasAssigned(planId: string): Promise<boolean> {
    return (await this.database.value<boolean>(WAS_ASSIGNED, [planId])) ?? false;
  }

  /** Of the plan that was generated last for the client; null when none was. */
  async lastSeed(clientId: string): Promise<number | null> {
    return this.database.value<number>(LAST_SEED, [clientId]);
  }
}
