import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { InvalidTransition } from 'src/modules/booking/booking.errors';
import { actorIn } from 'src/modules/booking/booking.policy';
import type { ActorRole, Part } from 'src/modules/booking/booking.state';
import { CoachService } from 'src/modules/coach/coach.service';
import { RequestNotFound } from './request.errors';
import { RequestRepository } from './request.repository';
import type { CoachingRequest } from './request.types';

/** A request that waits, and that nobody else can move until this transaction ends. */
export interface HeldRequest {
  request: CoachingRequest;
  /** IANA name. */
  coachTimezone: string;
  by: { part: Part; role: ActorRole; userId: string };
}

/** Takes the locks of a request: the coach's first, as for a booking, because it may have one. */
@Injectable()
export class RequestLocks {
  constructor(
    private readonly requests: RequestRepository,
    private readonly coaches: CoachService,
    private readonly audit: AuditLog,
  ) {}

  /** @throws RequestNotFound for anybody but the client who made it; InvalidTransition when it is answered */
  async holdAsClient(me: Principal, id: string): Promise<HeldRequest> {
    return this.hold(me, id, 'client');
  }

  /** @throws RequestNotFound for anybody but the coach who received it, or an admin; InvalidTransition */
  async holdAsCoach(me: Principal, id: string): Promise<HeldRequest> {
    return this.hold(me, id, 'coach');
  }

  private async hold(me: Principal, id: string, part: Part): Promise<HeldRequest> {
    const seen = orThrow(await this.requests.findById(id), RequestNotFound);
    const actor = orThrow(actorIn(seen, me), RequestNotFound);
    if (actor.part !== part) throw new RequestNotFound();
    const coachTimezone = await this.coaches.lockTimezone(seen.coachId);
    const request = orThrow(await this.requests.lockById(id), RequestNotFound);
    if (request.status !== 'pending') throw new InvalidTransition();
    if (actor.role === 'admin') await this.audit.write('coaching_request.answered', { type: 'coaching_request', id });
    return { request, coachTimezone, by: { ...actor, userId: me.userId } };
  }
}
