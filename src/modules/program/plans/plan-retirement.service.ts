import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import type { Language } from 'src/common/i18n/languages';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AssignmentRepository } from 'src/modules/program/assignments/assignment.repository';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import { PlanAccess } from './plan-access.service';
import { PlanViewService } from './plan-view.service';
import { PlanAlreadyArchived } from './plan.errors';
import { PlanRepository } from './plan.repository';
import type { PlanView } from './plan.types';

/** Taking plans out of use. Whoever follows one goes on with it. */
@Injectable()
export class PlanRetirementService {
  constructor(
    private readonly plans: PlanRepository,
    private readonly access: PlanAccess,
    private readonly assignments: AssignmentRepository,
    private readonly views: PlanViewService,
    private readonly clock: Clock,
  ) {}

  /** @throws PlanNotFound, PlanAlreadyArchived */
  @Transactional()
  async archive(me: Principal, id: string, language: Language): Promise<PlanView> {
    const plan = await this.access.hold(me, id);
    if (plan.archivedAt !== null) throw new PlanAlreadyArchived();
    return this.views.one(await this.archived(plan), language);
  }

  /**
   * One that was never assigned is gone; what somebody has trained by is kept, archived.
   *
   * @returns null = it is gone
   * @throws PlanNotFound
   */
  @Transactional()
  async remove(me: Principal, id: string, language: Language): Promise<PlanView | null> {
    const plan = await this.access.hold(me, id);
    if (await this.assignments.wasAssigned(id))
      return this.views.one(plan.archivedAt === null ? await this.archived(plan) : plan, language);
    await this.plans.remove(id);
    return null;
  }

  private async archived(plan: Plan): Promise<Plan> {
    const now = this.clock.now();
    const archived = { ...plan, archivedAt: now, updatedAt: now };
    await this.plans.update(archived);
    return archived;
  }
}
