import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { together } from 'src/common/transaction/together';
import { type CoachSchedule, CoachService } from 'src/modules/coach/coach.service';
import { type Relation, RelationService } from 'src/modules/coach/relations/relation.service';
import { CannotBookSelf, ClientNotFound, CoachFull, CoachNotFound, TooManyPending } from './booking.errors';
import { actorIn } from './booking.policy';
import type { Mover } from './booking-register.service';
import { isClientOf, MAX_PENDING_AT_A_COACH } from './booking.rules';
import type { PairFacts } from './booking.types';
import { PairRepository } from './pair.repository';
import type { Place } from './slots/slot.service';

/** Who books with whom. */
export interface Admission {
  schedule: CoachSchedule;
  clientId: string;
  by: Mover;
}

/** How the two stand to each other. */
export interface Acquaintance {
  relation: Relation | null;
  pair: PairFacts;
}

/** Who may have a booking made, before anything is asked about the slot and the money. */
@Injectable()
export class BookingAdmission {
  constructor(
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly pairs: PairRepository,
  ) {}

  /**
   * Takes the lock of the coach. The booker is the caller; only the coach, or an admin for him, may name a client of
   * his instead.
   *
   * @throws CoachNotFound, CannotBookSelf, ClientNotFound
   */
  async admit(me: Principal, coachId: string, clientId: string = me.userId): Promise<Admission> {
    const schedule = orThrow(await this.coaches.lockSchedule(coachId), CoachNotFound);
    if (clientId === coachId) throw new CannotBookSelf();
    const actor = orThrow(actorIn({ coachId, clientId }, me), ClientNotFound);
    if (actor.part === 'coach' && !isClientOf((await this.relations.find(coachId, clientId))?.status))
      throw new ClientNotFound();
    return { schedule, clientId, by: { ...actor, userId: me.userId } };
  }

  /** Asked for only when the slot is to be had: of a rush on one seat nearly all are refused before. */
  async acquaintance({ schedule: { coachId }, clientId }: Admission): Promise<Acquaintance> {
    const [relation, pair] = await together(
      this.relations.find(coachId, clientId),
      this.pairs.facts(coachId, clientId),
    );
    return { relation, pair };
  }

  /**
   * What holds for a client who asks, and not for the coach: a coach who is full takes nobody new, and requests that
   * wait are few, because each holds a seat. Who takes an offer does not wait.
   *
   * @throws CoachFull, TooManyPending
   */
  async assertRoom(
    { schedule, by }: Admission,
    { relation, pair }: Acquaintance,
    { takesOffer }: Pick<Place, 'takesOffer'>,
  ): Promise<void> {
    if (by.part !== 'client') return;
    if (relation === null && (await this.relations.isFull(schedule.coachId, schedule.maxClients)))
      throw new CoachFull();
    if (!takesOffer && pair.pending >= MAX_PENDING_AT_A_COACH) throw new TooManyPending();
  }
}
