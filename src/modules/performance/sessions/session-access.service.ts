import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { SharingConsents } from 'src/modules/auth/sharing-consents';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { ClientNotFound, NoCoachingRelation, SessionNotFound } from 'src/modules/performance/performance.errors';
import { hiddenFromOthers, maySee, OWNERS_ALONE, type Sight } from 'src/modules/performance/performance.policy';
import { orThrow } from 'src/common/errors/domain.error';
import { SessionRepository } from './session.repository';
import type { SessionSource } from './session.types';

/** Who may see and write whose sessions: what the relation says, asked at the moment (rules §6.3). */
@Injectable()
export class SessionAccess {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly relations: RelationService,
    private readonly consents: SharingConsents,
  ) {}

  /** What a coach sees of a client. @throws ClientNotFound when the two have no relation */
  async sightOf(coachId: string, clientId: string): Promise<Sight> {
    const relation = orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
    return this.relations.visibility(relation);
  }

  /** What nobody but its owner sees of a person's sessions. Ask once for each owner. */
  async hiddenOf(ownerId: string): Promise<readonly SessionSource[]> {
    return hiddenFromOthers(await this.consents.isGiven(ownerId));
  }

  /**
   * That a coach may write for a client: who sees what he enters may enter it. The relation is held: it does not change
   * until the caller's transaction ends. Whoever holds it and its client holds it first.
   *
   * @throws ClientNotFound when the two have no relation, NoCoachingRelation when it is pending or ended
   */
  async holdEnterable(coachId: string, clientId: string): Promise<void> {
    const relation = orThrow(await this.relations.hold(coachId, clientId), ClientNotFound);
    if (!this.relations.visibility(relation).ownPerformances) throw new NoCoachingRelation();
  }

  /** @throws SessionNotFound for a missing session and for one that the caller does not see */
  async get(me: Pick<Principal, 'userId'>, id: string): Promise<PerformanceSession> {
    const session = orThrow(await this.sessions.find(id), SessionNotFound);
    if (!(await this.sees(session, me.userId))) throw new SessionNotFound();
    return session;
  }

  async sees(session: PerformanceSession, readerId: string): Promise<boolean> {
    if (session.userId === readerId) return true;
    const relation = await this.relations.find(readerId, session.userId);
    if (!relation) return false;
    const hidden = OWNERS_ALONE.includes(session.source) ? await this.hiddenOf(session.userId) : [];
    return maySee(session, readerId, this.relations.visibility(relation), hidden);
  }
}
