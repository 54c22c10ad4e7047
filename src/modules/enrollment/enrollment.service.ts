import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { DomainError, orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachCardService } from 'src/modules/client/search/coach-card.service';
import { CoachService } from 'src/modules/coach/coach.service';
import { type Relation, RelationService } from 'src/modules/coach/relations/relation.service';
import { EnrollmentTokenRepository } from './enrollment-token.repository';
import { CannotEnrollSelf, CoachFull, EnrollmentTokenInvalid } from './enrollment.errors';
import type { EnrollmentInfo } from './enrollment.response';

/** Becoming a client by a link of the coach (rules §18.2). */
@Injectable()
export class EnrollmentService {
  constructor(
    private readonly tokens: EnrollmentTokenRepository,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly cards: CoachCardService,
    private readonly clock: Clock,
  ) {}

  /**
   * What a link leads to.
   *
   * @param me undefined = somebody without an account
   * @throws EnrollmentTokenInvalid
   */
  async find(me: Principal | undefined, token: string): Promise<EnrollmentInfo> {
    const link = orThrow(await this.tokens.findUsable(token, this.clock.now()), EnrollmentTokenInvalid);
    const cards = await this.cards.find([link.coachId], me?.userId ?? null);
    return { link, card: orThrow(cards.get(link.coachId), EnrollmentTokenInvalid) };
  }

  /**
   * Makes the relation active, and counts one use unless it is active already. Those who come at once follow one
   * another by the coach's lock, so that neither the uses of the link nor the places of the coach are overdrawn.
   *
   * @param clientId users.id
   * @throws EnrollmentTokenInvalid, CannotEnrollSelf, CoachFull
   */
  @Transactional()
  async enroll(clientId: string, token: string): Promise<Relation> {
    const now = this.clock.now();
    const { id, coachId } = orThrow(await this.tokens.findUsable(token, now), EnrollmentTokenInvalid);
    if (coachId === clientId) throw new CannotEnrollSelf();
    const { maxClients } = orThrow(await this.coaches.lockSchedule(coachId), EnrollmentTokenInvalid);
    const relation = await this.relations.hold(coachId, clientId);
    if (relation?.status === 'active') return relation;
    if (!this.relations.takesPlace(relation) && (await this.relations.isFull(coachId, maxClients)))
      throw new CoachFull();
    if (!(await this.tokens.use(id, now))) throw new EnrollmentTokenInvalid();
    return this.relations.enrolled(coachId, clientId, now);
  }

  /** The same for somebody who has just registered: a link that cannot be used changes nothing for him. */
  @Transactional()
  async enrollIfUsable(clientId: string, token: string): Promise<void> {
    try {
      await this.enroll(clientId, token);
    } catch (error) {
      // Whatever refuses has written nothing yet.
      if (!(error instanceof DomainError)) throw error;
    }
  }
}
