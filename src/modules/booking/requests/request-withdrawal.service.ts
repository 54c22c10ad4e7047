import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingCancellationService } from 'src/modules/booking/booking-cancellation.service';
import { RequestNotFound } from './request.errors';
import { RequestLocks } from './request-locks.service';
import { RequestRegister } from './request-register.service';
import { RequestRepository } from './request.repository';
import type { CoachingRequest } from './request.types';

/** The client takes a request back. */
@Injectable()
export class RequestWithdrawalService {
  constructor(
    private readonly locks: RequestLocks,
    private readonly requests: RequestRepository,
    private readonly register: RequestRegister,
    private readonly cancellations: BookingCancellationService,
    private readonly clock: Clock,
  ) {}

  /** With its booking, if it has one. @throws RequestNotFound, InvalidTransition */
  @Transactional()
  async cancel(me: Principal, id: string): Promise<CoachingRequest> {
    const { request } = await this.locks.holdAsClient(me, id);
    if (request.bookingId === null) await this.register.cancel(request, this.clock.now());
    else await this.cancellations.cancel(me, request.bookingId, null);
    return orThrow(await this.requests.findById(id), RequestNotFound);
  }
}
