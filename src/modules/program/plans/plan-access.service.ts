import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import { maySeePlan, NO_SIGHT } from 'src/modules/program/program.policy';
import { PlanArchived, PlanNotFound } from './plan.errors';
import { PlanRepository } from './plan.repository';

/** Which plans somebody may see, change and assign. */
@Injectable()
export class PlanAccess {
  constructor(
    private readonly plans: PlanRepository,
    private readonly relations: RelationService,
  ) {}

  /** @throws PlanNotFound for a missing plan and for one that the caller does not see */
  async visible(me: Pick<Principal, 'userId'>, id: string): Promise<Plan> {
    const plan = orThrow(await this.plans.find(id), PlanNotFound);
    const isOwn = plan.ownerId === me.userId;
    const relation = isOwn ? null : await this.relations.find(me.userId, plan.ownerId);
    const sight = relation ? this.relations.visibility(relation) : NO_SIGHT;
    if (!maySeePlan(plan, me.userId, sight)) throw new PlanNotFound();
    return plan;
  }

  /** The same, kept as it is until the end of the caller's transaction. @throws PlanNotFound */
  async keepVisible(me: Principal, id: string): Promise<Plan> {
    await this.visible(me, id);
    return orThrow(await this.plans.keep(id), PlanNotFound);
  }

  /** One that the caller wrote, held. @throws PlanNotFound also for a generated one: nobody edits those */
  async hold(me: Principal, id: string): Promise<Plan> {
    return orThrow(await this.plans.lock(me.userId, id), PlanNotFound);
  }

  /** The same, where it can still be changed. @throws PlanNotFound, PlanArchived */
  async holdEditable(me: Principal, id: string): Promise<Plan> {
    return inUse(await this.hold(me, id));
  }

  /** One that the caller may assign; it is neither changed, archived nor removed meanwhile. @throws as above */
  async holdAssignable(me: Principal, id: string): Promise<Plan> {
    return inUse(orThrow(await this.plans.share(me.userId, id), PlanNotFound));
  }
}

function inUse(plan: Plan): Plan {
  if (plan.archivedAt !== null) throw new PlanArchived();
  return plan;
}
