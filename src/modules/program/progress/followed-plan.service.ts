import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { ClientNotFound, NoProgram } from 'src/modules/program/assignments/assignment.errors';
import { AssignmentRepository } from 'src/modules/program/assignments/assignment.repository';
import type { Assignment } from 'src/modules/program/assignments/assignment.types';
import { maySeeProgress, type Sight } from 'src/modules/program/program.policy';

/** What a coach looks at, and what the relation opens to him besides. */
export interface Followed {
  assignment: Assignment;
  sight: Sight;
}

/** Which of a client's plans a coach looks at. */
@Injectable()
export class FollowedPlans {
  constructor(
    private readonly relations: RelationService,
    private readonly assignments: AssignmentRepository,
  ) {}

  /**
   * The last time that the client got this plan; without a plan the first of what he follows now that the coach sees:
   * what another coach assigned is the other's.
   *
   * @throws ClientNotFound when the two have no relation, NoProgram
   */
  async find(coachId: string, clientId: string, planId?: string): Promise<Followed> {
    const relation = orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
    const sight = this.relations.visibility(relation);
    const seen = (await this.candidates(clientId, planId)).find(({ planSource, planOwnerId }) =>
      maySeeProgress({ source: planSource, ownerId: planOwnerId }, coachId, sight),
    );
    return { assignment: orThrow(seen, NoProgram), sight };
  }

  private async candidates(clientId: string, planId?: string): Promise<Assignment[]> {
    if (planId === undefined) return this.assignments.active(clientId);
    const latest = await this.assignments.latestOf(clientId, planId);
    return latest ? [latest] : [];
  }
}
