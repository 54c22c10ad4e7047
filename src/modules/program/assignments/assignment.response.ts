import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PlanResponse } from 'src/modules/program/plans/plan.response';
import { ASSIGN_MODES, type AssignMode } from './assign-mode.types';
import type { AssignmentView } from './assignment.types';

/** A plan as somebody follows it. */
export class PlanAssignmentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  plan_id: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  @ApiProperty({ format: 'date' })
  start_date: string;
  @ApiProperty({ enum: ASSIGN_MODES })
  mode: AssignMode;
  active: boolean;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null = the plan was generated' })
  assigned_by: string | null;
  @ApiInstant()
  created_at: string;
  @ApiProperty({ description: 'With the target weights of this client' })
  plan: PlanResponse;

  static from({ assignment, plan }: AssignmentView): PlanAssignmentResponse {
    return {
      id: assignment.id,
      plan_id: assignment.planId,
      client_id: assignment.clientId,
      start_date: assignment.startDate,
      mode: assignment.mode,
      active: assignment.active,
      assigned_by: assignment.planSource === 'coach' ? assignment.planOwnerId : null,
      created_at: wireInstant(assignment.createdAt),
      plan: PlanResponse.from(plan),
    };
  }
}
