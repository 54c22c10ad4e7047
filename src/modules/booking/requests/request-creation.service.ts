import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachFull, CoachNotFound } from 'src/modules/booking/booking.errors';
import { SlotService } from 'src/modules/booking/slots/slot.service';
import { CoachService } from 'src/modules/coach/coach.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import type { CreateRequestDto } from './request.dto';
import { CannotRequestSelf, REQUEST_ERRORS, RequestAlreadyPending } from './request.errors';
import { RequestRegister } from './request-register.service';
import { RequestRepository } from './request.repository';
import { requestRefusal } from './request.rules';
import type { CoachingRequest } from './request.types';

/** Asking a coach for a discovery session. */
@Injectable()
export class RequestCreationService {
  constructor(
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly requests: RequestRepository,
    private readonly slots: SlotService,
    private readonly register: RequestRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * A start that is wished must be one that could be booked now, and is not held: the coach gives it when he accepts.
   *
   * @throws CoachNotFound, CannotRequestSelf, DiscoveryNotOffered, AlreadyInRelation, RequestAlreadyPending, CoachFull,
   *   the slot errors of rules §1.3
   */
  @Transactional()
  async create(me: Principal, dto: CreateRequestDto): Promise<CoachingRequest> {
    const { coach_id: coachId, discovery_slot: startsAt = null, client_message: clientMessage = null } = dto;
    const clientId = me.userId;
    const schedule = orThrow(await this.coaches.lockSchedule(coachId), CoachNotFound);
    if (clientId === coachId) throw new CannotRequestSelf();
    const relation = await this.relations.find(coachId, clientId);
    const refusal = requestRefusal(schedule.discoveryEnabled, relation?.status ?? null);
    if (refusal) throw new REQUEST_ERRORS[refusal]();
    if (await this.requests.hasPending(coachId, clientId)) throw new RequestAlreadyPending();
    if (relation === null && (await this.relations.isFull(coachId, schedule.maxClients))) throw new CoachFull();
    const at = this.clock.now();
    const { discoveryDurationMin: durationMin } = schedule;
    if (startsAt) await this.slots.decide(schedule, { clientId, startsAt, durationMin, actor: 'client' }, at);
    const request = { clientId, coachId, clientMessage, discoverySlot: startsAt, bookingId: null };
    return this.register.ask({ ...request, status: 'pending' }, at);
  }
}
