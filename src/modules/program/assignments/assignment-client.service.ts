import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { type Contact, UserService } from 'src/modules/auth/user.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { mayAssign } from 'src/modules/program/program.policy';
import { ClientNotFound, NoCoachingRelation } from './assignment.errors';
import { AssignmentRepository } from './assignment.repository';

/** Whom a coach may give a plan to, and whose plans end with the relation. */
@Injectable()
export class AssignmentClients {
  constructor(
    private readonly relations: RelationService,
    private readonly users: UserService,
    private readonly assignments: AssignmentRepository,
  ) {}

  /**
   * The client, held: neither the relation changes nor does he get another plan until the caller's transaction ends.
   *
   * @throws ClientNotFound when the two have no relation, NoCoachingRelation when it is pending or ended
   */
  async hold(coachId: string, clientId: string): Promise<Contact> {
    const relation = orThrow(await this.relations.hold(coachId, clientId), ClientNotFound);
    if (!mayAssign(this.relations.visibility(relation))) throw new NoCoachingRelation();
    await this.users.lock(clientId);
    return orThrow(await this.users.findContact(clientId), ClientNotFound);
  }

  /**
   * The client goes on with what is left: plans of other coaches, else the generated one. In the transaction that ends
   * the relation and holds it, so that nothing is assigned in between.
   */
  @Transactional()
  async relationEnded(coachId: string, clientId: string, at: Date): Promise<void> {
    await this.users.lock(clientId);
    await this.assignments.endOfCoach(clientId, coachId, at);
  }
}
