import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { RelationEnded, RelationPaused, RelationResumed } from 'src/modules/coach/coach.events';
import { ClientNotFound, InvalidRelationTransition } from './relation.errors';
import { visibleTo } from './relation.policy';
import { RelationRepository } from './relation.repository';
import { COUNTED_AS_CLIENT, COUNTED_AS_TAKEN, mayMoveByHand } from './relation.state';
import type { Relation, RelationChange, RelationStatus, SessionKind, Visibility } from './relation.types';

export type { Relation, RelationChange, RelationStatus, SessionKind, Visibility } from './relation.types';

/**
 * How coaches and clients stand to each other, and the facts that change it (rules §6.1). `coachId` and `clientId` are
 * users.id. Facts may be told twice, late, or by two transactions at once: there is one relation of a pair, and a fact
 * that changes nothing writes nothing.
 */
@Injectable()
export class RelationService {
  constructor(
    private readonly relations: RelationRepository,
    private readonly events: EventBus,
  ) {}

  async find(coachId: string, clientId: string): Promise<Relation | null> {
    return this.relations.find(coachId, clientId);
  }

  /** The same, held: nobody else changes or removes it until the caller's transaction ends. */
  async hold(coachId: string, clientId: string): Promise<Relation | null> {
    return this.relations.lock(coachId, clientId);
  }

  /** @throws ClientNotFound (404 `client_not_found`) when the two have no relation */
  async get(coachId: string, clientId: string): Promise<Relation> {
    return orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
  }

  /** With any coach, oldest first; of the given statuses only, if there are any given. */
  async findOfClient(clientId: string, statuses?: readonly RelationStatus[]): Promise<Relation[]> {
    return this.relations.findOfClient(clientId, statuses);
  }

  /** By client id, in one query; who has no relation with this coach is left out. */
  async ofCoachAndClients(coachId: string, clientIds: readonly string[]): Promise<Map<string, Relation>> {
    return this.relations.ofCoachAndClients(coachId, clientIds);
  }

  /** By coach id, in one query; with whom this client has no relation is left out. */
  async ofClientAndCoaches(clientId: string, coachIds: readonly string[]): Promise<Map<string, Relation>> {
    return this.relations.ofClientAndCoaches(clientId, coachIds);
  }

  /** What the coach may see of the client (rules §6.3); without a relation nothing but what passes between the two. */
  visibility(relation: Pick<Relation, 'status' | 'sharePerformances'> | null): Visibility {
    return visibleTo(relation?.status ?? null, relation?.sharePerformances ?? false);
  }

  /** A booking became confirmed: it makes the relation, or carries it on; one that is paused stays so. */
  @Transactional()
  async bookingConfirmed(coachId: string, clientId: string, kind: SessionKind, at: Date): Promise<void> {
    await this.relations.tell(coachId, clientId, `${kind}_confirmed`, at);
  }

  /**
   * A session was done, at `at`. The first one of the pair is kept (`firstDoneAt`), and a discovery that took place
   * makes the relation active; one that the coach has paused or ended stays so.
   */
  @Transactional()
  async sessionDone(coachId: string, clientId: string, kind: SessionKind, at: Date): Promise<void> {
    await this.relations.tell(coachId, clientId, `${kind}_done`, at, at);
  }

  /** Which session was the first one done, now that one was judged otherwise; null when none is left. */
  @Transactional()
  async setFirstDone(coachId: string, clientId: string, at: Date | null): Promise<void> {
    await this.relations.setFirstDone(coachId, clientId, at);
  }

  /** The client came by a link that the coach gave out: the relation is active, whatever it was. */
  @Transactional()
  async enrolled(coachId: string, clientId: string, at: Date): Promise<Relation> {
    await this.relations.tell(coachId, clientId, 'enrolled', at);
    return this.get(coachId, clientId);
  }

  /**
   * The client asked for a discovery. Without a relation there is a pending one now; any other stays as it is.
   *
   * @returns the status before, which `requestWithdrawn` wants to hear; null when there was no relation
   */
  @Transactional()
  async requested(coachId: string, clientId: string, at: Date): Promise<{ before: RelationStatus | null }> {
    const { relation, made } = await this.relations.open(coachId, clientId, at);
    return { before: made ? null : relation.status };
  }

  /** The coach said yes. A relation that became active or paused meanwhile stays so. */
  @Transactional()
  async requestAccepted(coachId: string, clientId: string, at: Date): Promise<Relation> {
    await this.relations.tell(coachId, clientId, 'request_accepted', at);
    return this.get(coachId, clientId);
  }

  /**
   * The request was rejected or cancelled. As asking changes no relation that is there, only one that the asking made
   * is to be taken back: it is removed with the coach's note, unless something carried it on meanwhile.
   *
   * @param before what `requested` answered
   */
  @Transactional()
  async requestWithdrawn(coachId: string, clientId: string, before: RelationStatus | null): Promise<void> {
    if (before === null) await this.relations.removePending(coachId, clientId);
  }

  /**
   * Whether this client lets the coach see all performances; decided by the client.
   *
   * @returns null when the two have no relation
   */
  @Transactional()
  async share(coachId: string, clientId: string, sharePerformances: boolean, at: Date): Promise<Relation | null> {
    return this.relations.share(coachId, clientId, sharePerformances, at);
  }

  /**
   * A change by the coach's hand (rules §6.1). Ending a relation ends the sharing of performances too.
   *
   * @throws ClientNotFound when the two have no relation, InvalidRelationTransition
   */
  @Transactional()
  async change(coachId: string, clientId: string, change: RelationChange, at: Date): Promise<Relation> {
    return this.moved(orThrow(await this.relations.lock(coachId, clientId), ClientNotFound), change, at);
  }

  /**
   * The same for somebody who has booked and may have no relation yet: it is made, active unless another status is
   * given, from where one that was asked for starts.
   *
   * @throws InvalidRelationTransition
   */
  @Transactional()
  async makeOrChange(coachId: string, clientId: string, change: RelationChange, at: Date): Promise<Relation> {
    const { relation, made } = await this.relations.open(coachId, clientId, at);
    return this.moved(relation, made ? { ...change, status: change.status ?? 'active' } : change, at);
  }

  /**
   * Whether a coach takes nobody new: as many in discovery and active as he wants. Under the coach's lock the answer
   * holds until the end of the transaction.
   *
   * @param maxClients null = without limit
   */
  async isFull(coachId: string, maxClients: number | null): Promise<boolean> {
    return maxClients !== null && (await this.relations.count(coachId, COUNTED_AS_TAKEN)) >= maxClients;
  }

  /** Whether a relation takes one of the places that `isFull` counts. */
  takesPlace(relation: Pick<Relation, 'status'> | null): boolean {
    return relation !== null && COUNTED_AS_TAKEN.includes(relation.status);
  }

  /** Clients whose relation is active. */
  async countActive(coachId: string): Promise<number> {
    return this.relations.count(coachId, ['active']);
  }

  /** users.id of the clients whose relation is active, in one query, in any order. */
  async activeClientIds(coachId: string): Promise<string[]> {
    return this.relations.clientIds(coachId, ['active']);
  }

  /** Clients in discovery, active or paused. */
  async countClients(coachId: string): Promise<number> {
    return this.relations.count(coachId, COUNTED_AS_CLIENT);
  }

  private async moved(held: Relation, change: RelationChange, at: Date): Promise<Relation> {
    const { status = held.status, allowUnitBooking = held.allowUnitBooking, reason = null } = change;
    if (change.status !== undefined && !mayMoveByHand(held.status, status)) throw new InvalidRelationTransition();
    const sharePerformances = status !== 'ended' && held.sharePerformances;
    const write = { status, reason, allowUnitBooking, sharePerformances };
    const written = orThrow(await this.relations.change(held.id, write, at), ClientNotFound);
    const fact = change.status && factOf(held, status, at);
    if (fact) await this.events.publish(fact);
    return written;
  }
}

/** What the client is told: nothing when he was only taken on. */
function factOf({ coachId, clientId, status: from }: Relation, to: RelationStatus, at: Date): DomainEvent | null {
  if (to === 'paused') return new RelationPaused(coachId, clientId, at);
  if (to === 'ended') return new RelationEnded(coachId, clientId, at);
  return from === 'paused' || from === 'ended' ? new RelationResumed(coachId, clientId, at) : null;
}
