import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingService } from 'src/modules/booking/booking.service';
import { CoachService } from 'src/modules/coach/coach.service';
import { type Relation, RelationService } from 'src/modules/coach/relations/relation.service';
import type { ChangeRelationDto, ListClientsQuery } from './coach-client.dto';
import { CoachClientRepository } from './coach-client.repository';
import type { ClientView } from './coach-client.types';
import { CoachClientViewService } from './coach-client-view.service';

/** A coach's clients: who they are, and how they stand to him (contract §4.8). */
@Injectable()
export class CoachClientService {
  constructor(
    private readonly clients: CoachClientRepository,
    private readonly views: CoachClientViewService,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly bookings: BookingService,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async page(me: Principal, query: ListClientsQuery): Promise<Rows<ClientView>> {
    await this.coaches.assertProfile(me.userId);
    return this.views.many(me.userId, await this.clients.page(me.userId, query, query));
  }

  /**
   * Moves the relation by the coach's hand. Who has booked and has none yet is taken on by it.
   *
   * @throws ClientNotFound for who has neither a relation nor a booking, InvalidRelationTransition
   */
  @Transactional()
  async changeRelation(me: Principal, clientId: string, dto: ChangeRelationDto): Promise<Relation> {
    const { status, allow_unit_booking: allowUnitBooking, reason } = dto;
    const change = { status, allowUnitBooking, reason };
    const mayMake = await this.bookings.hasBooked(me.userId, clientId);
    const now = this.clock.now();
    return mayMake
      ? this.relations.makeOrChange(me.userId, clientId, change, now)
      : this.relations.change(me.userId, clientId, change, now);
  }
}
