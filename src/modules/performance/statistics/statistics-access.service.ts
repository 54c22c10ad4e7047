import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { SharingConsents } from 'src/modules/auth/sharing-consents';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { NoCoachingRelation } from 'src/modules/performance/performance.errors';
import { hiddenFromOthers } from 'src/modules/performance/performance.policy';
import type { SessionSource } from 'src/modules/performance/sessions/session.types';
import { SharingDisabled } from './statistics.errors';

/** Whose sessions are added up, and which of them the reader does not see. */
export interface StatisticsView {
  ownerId: string;
  hidden: readonly SessionSource[];
}

/** Who may see whose statistics (rules §6.3). */
@Injectable()
export class StatisticsAccess {
  constructor(
    private readonly relations: RelationService,
    private readonly consents: SharingConsents,
  ) {}

  /**
   * The own ones, or those of a client. A relation that would show none even if the client shared is refused as such:
   * asking him to share would be in vain.
   *
   * @throws ClientNotFound (404 `client_not_found`) without a relation, NoCoachingRelation when it is pending, in
   *   discovery or ended, SharingDisabled when the client does not share
   */
  async viewOf(me: Principal, clientId: string | undefined): Promise<StatisticsView> {
    if (clientId === undefined || clientId === me.userId) return { ownerId: me.userId, hidden: [] };
    const relation = await this.relations.get(me.userId, clientId);
    const shared = { ...relation, sharePerformances: true };
    if (!this.relations.visibility(shared).allPerformances) throw new NoCoachingRelation();
    if (!this.relations.visibility(relation).allPerformances) throw new SharingDisabled();
    return { ownerId: clientId, hidden: hiddenFromOthers(await this.consents.isGiven(clientId)) };
  }
}
