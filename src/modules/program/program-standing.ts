import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { AssignmentRepository } from './assignments/assignment.repository';
import { TargetRepository } from './progression/target.repository';

/**
 * Tells those who carry messages how a plan stands to its reader (`followed` while he trains by it, else `left`), and a
 * target of an assignment that was adjusted to a weight: `held` while it is that in his current programme, else `gone`.
 */
@Injectable()
export class ProgramStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly assignments: AssignmentRepository,
    private readonly targets: TargetRepository,
  ) {}

  onModuleInit(): void {
    this.standings.register('plan', async (id, readerId) =>
      (await this.assignments.isFollowed(id, readerId)) ? 'followed' : 'left',
    );
    this.standings.register('target', async (assignmentId, readerId, told) =>
      (await this.isHeld(assignmentId, readerId, told)) ? 'held' : 'gone',
    );
  }

  private async isHeld(
    assignmentId: string,
    readerId: string,
    { exercise_type_id: exerciseTypeId, target_weight_kg: toKg }: Readonly<Partial<Record<string, string>>>,
  ): Promise<boolean> {
    if (exerciseTypeId === undefined || toKg === undefined) return false;
    const [current] = await this.assignments.active(readerId);
    return current?.id === assignmentId && this.targets.isAdjusted(assignmentId, exerciseTypeId, toKg);
  }
}
