import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import { type CoachCard, CoachCardService } from 'src/modules/client/search/coach-card.service';
import { plainText } from 'src/modules/client/search/search.rules';
import { type Relation, RelationService } from 'src/modules/coach/relations/relation.service';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import { COACHED, type ListOwnCoachesQuery, type SharingDto } from './own-coaches.dto';
import { OwnCoachNotFound } from './own-coaches.errors';

/** A coach seen by his client. */
export interface OwnCoach {
  card: CoachCard;
  relation: Relation;
  /** Bought from this coach and not consumed, over the active packages. */
  sessionsRemaining: number;
}

/** The coaches that a client has (contract §4.9). */
@Injectable()
export class OwnCoachesService {
  constructor(
    private readonly relations: RelationService,
    private readonly users: UserService,
    private readonly cards: CoachCardService,
    private readonly credits: CreditService,
    private readonly clock: Clock,
  ) {}

  /**
   * By name, in a constant number of queries. Nobody has so many coaches that sorting them here would cost anything. A
   * coach whose account is suspended or closing is still the caller's coach.
   */
  async page(me: Principal, query: ListOwnCoachesQuery): Promise<Rows<OwnCoach>> {
    const relations = await this.relations.findOfClient(me.userId, query.status ? [query.status] : COACHED);
    const people = await this.users.findPublic(relations.map(({ coachId }) => coachId));
    const named = relations
      .map((relation) => {
        const coach = people.get(relation.coachId);
        return { relation, name: plainText(`${coach?.firstName ?? ''} ${coach?.lastName ?? ''}`) ?? '' };
      })
      .sort((a, b) => compare(a.name, b.name) || compare(a.relation.coachId, b.relation.coachId))
      .slice(query.offset, query.offset + query.limit)
      .map(({ relation }) => relation);
    return { rows: await this.shown(me.userId, named), total: relations.length };
  }

  /** @throws OwnCoachNotFound without a relation with that coach */
  @Transactional()
  async share(me: Principal, coachId: string, dto: SharingDto): Promise<Relation> {
    const relation = await this.relations.share(coachId, me.userId, dto.share_performances, this.clock.now());
    return orThrow(relation, OwnCoachNotFound);
  }

  private async shown(clientId: string, relations: readonly Relation[]): Promise<OwnCoach[]> {
    const coachIds = relations.map(({ coachId }) => coachId);
    const cards = await this.cards.find(coachIds, clientId);
    const sums = await this.credits.sumsOfCoaches(clientId, coachIds);
    return relations.flatMap((relation) => {
      const card = cards.get(relation.coachId);
      return card ? [{ card, relation, sessionsRemaining: sums.get(relation.coachId)?.remaining ?? 0 }] : [];
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
