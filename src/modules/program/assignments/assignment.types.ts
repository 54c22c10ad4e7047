import type { PlanAssignment } from 'src/modules/program/entities/plan-assignment.entity';
import type { PlanView } from 'src/modules/program/plans/plan.types';

export type Assignment = Omit<PlanAssignment, 'position'>;

/** A plan as one person follows it: its target weights are those of this person. */
export interface AssignmentView {
  assignment: Assignment;
  plan: PlanView;
}
