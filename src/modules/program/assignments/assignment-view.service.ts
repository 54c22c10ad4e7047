import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { PlanViewService } from 'src/modules/program/plans/plan-view.service';
import { PlanNotFound } from 'src/modules/program/plans/plan.errors';
import { PlanRepository } from 'src/modules/program/plans/plan.repository';
import { TargetRepository } from 'src/modules/program/progression/target.repository';
import type { Assignment, AssignmentView } from './assignment.types';

/** Shows plans as those who follow them have them: with the target weights that were adjusted for them. */
@Injectable()
export class AssignmentViewService {
  constructor(
    private readonly plans: PlanRepository,
    private readonly views: PlanViewService,
    private readonly targets: TargetRepository,
  ) {}

  /** In a constant number of queries. */
  async one(assignment: Assignment, language: Language): Promise<AssignmentView> {
    const plan = orThrow(await this.plans.find(assignment.planId), PlanNotFound);
    const targets = await this.targets.targetsOf(assignment.id);
    return { assignment, plan: await this.views.one(plan, language, targets) };
  }
}
