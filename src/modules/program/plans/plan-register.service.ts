import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import { PlanRepository } from './plan.repository';
import { editedWeek, newWeek } from './plan.rules';
import type { SessionDraft } from './plan.types';
import { WeekRepository } from './week.repository';

/** What is decided of a new plan; the rest follows. */
export type NewPlan = Omit<Plan, 'id' | 'archivedAt' | 'createdAt' | 'updatedAt'>;

/** The one place that writes plans with their weeks. In the caller's transaction, which holds a plan that is changed. */
@Injectable()
export class PlanRegister {
  constructor(
    private readonly plans: PlanRepository,
    private readonly weeks: WeekRepository,
    private readonly exercises: ExerciseService,
    private readonly clock: Clock,
  ) {}

  /** @throws ExerciseNotFound */
  async store(wanted: NewPlan, drafts: readonly SessionDraft[]): Promise<Plan> {
    await this.exercises.requireAll(exercisesIn(drafts));
    const now = this.clock.now();
    const plan = { ...wanted, id: randomUUID(), archivedAt: null, createdAt: now, updatedAt: now };
    await this.plans.insert(plan);
    await this.weeks.write(plan.id, newWeek(plan.id, drafts, randomUUID), now);
    return plan;
  }

  /**
   * @param drafts undefined = the week stays as it is
   * @throws ExerciseNotFound
   */
  async change(plan: Plan, drafts?: readonly SessionDraft[]): Promise<Plan> {
    const changed = { ...plan, updatedAt: this.clock.now() };
    await this.plans.update(changed);
    if (drafts === undefined) return changed;
    await this.exercises.requireAll(exercisesIn(drafts));
    const before = await this.weeks.find(plan.id);
    await this.weeks.write(plan.id, editedWeek(plan.id, before, drafts, randomUUID), changed.updatedAt);
    return changed;
  }
}

function exercisesIn(drafts: readonly SessionDraft[]): string[] {
  return drafts.flatMap(({ exercises }) => exercises.map(({ exerciseTypeId }) => exerciseTypeId));
}
