import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingAnswerService } from 'src/modules/booking/booking-answer.service';
import type { AcceptRequestDto, RejectRequestDto } from './request.dto';
import { RequestLapsed, RequestNotFound } from './request.errors';
import { RequestLocks } from './request-locks.service';
import { RequestRegister } from './request-register.service';
import { RequestRepository } from './request.repository';
import { RequestSessionService } from './request-session.service';
import type { CoachingRequest } from './request.types';

/** An answer of the coach, or the lapse of the booking that it came too late for. */
interface Answer {
  request: CoachingRequest;
  lapsed: boolean;
}

/** The coach's yes or no to a request. */
@Injectable()
export class RequestAnswerService {
  constructor(
    private readonly locks: RequestLocks,
    private readonly requests: RequestRepository,
    private readonly register: RequestRegister,
    private readonly sessions: RequestSessionService,
    private readonly bookings: BookingAnswerService,
    private readonly clock: Clock,
  ) {}

  /**
   * With a start, that of the coach or the one that the client wishes, a confirmed session. A booking that waits with
   * the request is confirmed, whatever start is given.
   *
   * @throws RequestNotFound, InvalidTransition, the slot errors of rules §1.3 as for the coach
   */
  async accept(me: Principal, id: string, dto: AcceptRequestDto): Promise<CoachingRequest> {
    return this.inTime(await this.yes(me, id, dto));
  }

  /** The booking that waits with it is rejected too. @throws RequestNotFound, InvalidTransition */
  async reject(me: Principal, id: string, dto: RejectRequestDto): Promise<CoachingRequest> {
    return this.inTime(await this.no(me, id, dto.coach_message ?? null));
  }

  @Transactional()
  private async yes(me: Principal, id: string, dto: AcceptRequestDto): Promise<Answer> {
    const held = await this.locks.holdAsCoach(me, id);
    const { request } = held;
    const at = this.clock.now();
    const startsAt = dto.discovery_slot === undefined ? request.discoverySlot : dto.discovery_slot;
    let lapsed = false;
    if (request.bookingId !== null) ({ lapsed } = await this.bookings.answer(me, request.bookingId, 'confirm', null));
    else if (startsAt) await this.sessions.give(held, startsAt, at);
    else await this.register.accept(request, at);
    const answered = orThrow(await this.requests.lockById(id), RequestNotFound);
    const { coach_message: coachMessage = null } = dto;
    if (lapsed || coachMessage === null) return { request: answered, lapsed };
    return { request: await this.requests.change(answered, { coachMessage }, at), lapsed };
  }

  @Transactional()
  private async no(me: Principal, id: string, message: string | null): Promise<Answer> {
    const { request } = await this.locks.holdAsCoach(me, id);
    let lapsed = false;
    if (request.bookingId !== null) ({ lapsed } = await this.bookings.answer(me, request.bookingId, 'reject', message));
    else await this.register.reject(request, message, this.clock.now());
    return { request: orThrow(await this.requests.findById(id), RequestNotFound), lapsed };
  }

  /** The lapse is kept, so it is told only after its transaction has committed: the request is rejected by then. */
  private inTime({ request, lapsed }: Answer): CoachingRequest {
    if (lapsed) throw new RequestLapsed();
    return request;
  }
}
