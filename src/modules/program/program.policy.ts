import type { Visibility } from 'src/modules/coach/relations/relation.types';
import type { PlanSource } from './plans/plan-source.types';

/** What the relation opens to a coach of a client's programmes. */
export type Sight = Pick<Visibility, 'assignedPlans' | 'allPerformances'>;

/** Whoever has no relation. */
export const NO_SIGHT: Sight = { assignedPlans: false, allPerformances: false };

/** Ids are users.id. */
export interface Owned {
  source: PlanSource;
  ownerId: string;
}

/** Its owner; of a generated plan also a coach to whom its client shows all training (rules §6.3, §14.4). */
export function maySeePlan(plan: Owned, readerId: string, sight: Sight): boolean {
  return plan.ownerId === readerId || (plan.source === 'ai' && sight.allPerformances);
}

/** How a client gets on: with a plan of the coach's own, or with a generated one that the client shows. */
export function maySeeProgress(plan: Owned, coachId: string, sight: Sight): boolean {
  return plan.source === 'ai' ? sight.allPerformances : plan.ownerId === coachId && sight.assignedPlans;
}

/** Who trains together, or is about to. */
export function mayAssign(sight: Sight): boolean {
  return sight.assignedPlans;
}
