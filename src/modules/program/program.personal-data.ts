import { Injectable } from '@nestjs/common';
import { grouped } from 'src/common/collections/grouped';
import { languageOf } from 'src/common/i18n/languages';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { nameOf, type PersonalRow, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import { Database, type Statement } from 'src/common/transaction/database';
import { PlanRepository } from './plans/plan.repository';
import { PlanResponse } from './plans/plan.response';
import { PlanViewService } from './plans/plan-view.service';

const FIELDS = [
  ...['id', 'source', 'coach_name', 'name', 'description', 'duration_weeks', 'level', 'goal', 'notes', 'seed'],
  ...['archived', 'created_at', 'planned_sessions', 'assignments', 'adjustments'],
] as const;

/** Generated for him, written by him, or assigned to him. */
const PLANS = personalRows(
  'programs',
  `SELECT p.created_at AS row_at, p.id::text AS row_key, p.id, p.source,
     CASE p.source WHEN 'coach' THEN ${nameOf('p.owner_id')} END AS coach_name
   FROM plans AS p
   WHERE p.owner_id = $1 OR EXISTS (SELECT FROM plan_assignments WHERE plan_id = p.id AND client_id = $1)`,
);
const ASSIGNMENTS: Statement = {
  name: 'personal_plan_assignments',
  text: `SELECT plan_id, id, start_date::text AS start_date, mode, active, created_at, ended_at FROM plan_assignments
         WHERE plan_id = ANY ($1::uuid[]) AND client_id = $2 ORDER BY plan_id, position`,
};
const ADJUSTMENTS: Statement = {
  name: 'personal_target_adjustments',
  text: `SELECT plan_id, id, assignment_id, planned_exercise_id, exercise_type_id, from_kg::float8 AS from_kg,
           to_kg::float8 AS to_kg, reason, session_id, created_at, refused_at
         FROM target_adjustments WHERE plan_id = ANY ($1::uuid[]) AND client_id = $2 ORDER BY plan_id, position`,
};

const ERASE_ADJUSTMENTS: Statement = {
  name: 'target_adjustment_erase',
  text: `DELETE FROM target_adjustments WHERE id IN (
           SELECT id FROM target_adjustments WHERE assignment_id IN (
             SELECT id FROM plan_assignments WHERE client_id = $1) LIMIT $2)`,
};
const ERASE_ASSIGNMENTS: Statement = {
  name: 'plan_assignment_erase',
  text: 'DELETE FROM plan_assignments WHERE id IN (SELECT id FROM plan_assignments WHERE client_id = $1 LIMIT $2)',
};
/** Generated ones, and those that nobody ever got. Their weeks go with them. */
const ERASE_PLANS: Statement = {
  name: 'plan_erase',
  text: `DELETE FROM plans WHERE id IN (
           SELECT id FROM plans AS p WHERE owner_id = $1
             AND NOT EXISTS (SELECT FROM plan_assignments WHERE plan_id = p.id) LIMIT $2)`,
};

const WEEK = 'how the plan is kept: its week is handed out';

/** Plans that people follow or have written. What a coach wrote stays with those who follow it, by nobody. */
@Injectable()
export class ProgramPersonalData extends PersonalDataPart {
  readonly name = 'program';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'plans',
      exported: [
        ...['id', 'source', 'name', 'description', 'duration_weeks', 'level', 'goal', 'notes', 'seed', 'archived_at'],
        'created_at',
      ],
      withheld: { owner_id: 'the person himself, or the coach, who is named', updated_at: WEEK },
    },
    {
      table: 'planned_sessions',
      exported: ['id', 'day_of_week', 'name', 'estimated_duration_min', 'rest_seconds', 'order_index'],
      withheld: { plan_id: WEEK },
    },
    {
      table: 'planned_exercises',
      exported: ['id', 'exercise_type_id', 'target_sets', 'target_reps', 'target_weight_kg', 'order_index'],
      withheld: { plan_id: WEEK, session_id: WEEK, target_changed_at: WEEK, weight_changed_at: WEEK },
    },
    {
      table: 'plan_assignments',
      exported: ['id', 'plan_id', 'start_date', 'mode', 'active', 'created_at', 'ended_at'],
      withheld: {
        plan_source: 'repeats the plan',
        plan_owner_id: 'repeats the plan',
        client_id: 'the person himself',
        position: 'how it is kept',
      },
    },
    {
      table: 'target_adjustments',
      exported: [
        ...['id', 'assignment_id', 'planned_exercise_id', 'exercise_type_id', 'from_kg', 'to_kg', 'reason'],
        ...['session_id', 'created_at', 'refused_at'],
      ],
      withheld: {
        plan_id: 'the adjustment stands within its plan',
        client_id: 'the person himself',
        counted_until: 'how it is kept',
        position: 'how it is kept',
      },
    },
  ];
  override readonly sections = [
    {
      name: 'programs',
      isSingle: false,
      fields: FIELDS,
      rows: (person: DataSubject) =>
        this.rows.read(person, { statement: PLANS, complete: (plans) => this.whole(plans, person) }),
    },
  ];

  constructor(
    private readonly rows: PersonalRows,
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly views: PlanViewService,
  ) {
    super();
  }

  /** One after another: each stands on those after it. */
  async erase(person: DataSubject): Promise<ErasureStep> {
    for (const statement of [ERASE_ADJUSTMENTS, ERASE_ASSIGNMENTS, ERASE_PLANS])
      if ((await this.rows.erase(person, [statement])) === 'more') return 'more';
    return 'done';
  }

  private async whole(rows: PersonalRow[], { userId, locale }: DataSubject): Promise<PersonalRow[]> {
    const ids = rows.map(({ id }) => id);
    const assignments = await this.byPlan(ASSIGNMENTS, ids, userId);
    const adjustments = await this.byPlan(ADJUSTMENTS, ids, userId);
    const whole: PersonalRow[] = [];
    for (const row of rows) {
      const plan = await this.plans.find(String(row['id']));
      if (!plan) continue;
      const { created_by: _, ...told } = PlanResponse.from(await this.views.one(plan, languageOf(locale)));
      whole.push({
        ...{ ...told, coach_name: row['coach_name'] },
        assignments: assignments.get(plan.id) ?? [],
        adjustments: adjustments.get(plan.id) ?? [],
      });
    }
    return whole;
  }

  private async byPlan(statement: Statement, ids: unknown[], userId: string): Promise<Map<unknown, PersonalRow[]>> {
    const rows = await this.database.query<PersonalRow>(statement, [ids, userId]);
    return grouped(rows.map(({ plan_id, ...row }) => [plan_id, row]));
  }
}
