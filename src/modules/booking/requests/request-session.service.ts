import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { CoachNotFound } from 'src/modules/booking/booking.errors';
import { BookingRegister } from 'src/modules/booking/booking-register.service';
import { beginningOf, endOf, policyOf, typeOf } from 'src/modules/booking/booking.rules';
import type { NewBooking } from 'src/modules/booking/booking.types';
import { discoveryPayment } from 'src/modules/booking/payment-choice.rules';
import { SlotService } from 'src/modules/booking/slots/slot.service';
import { type CoachSchedule, CoachService } from 'src/modules/coach/coach.service';
import type { HeldRequest } from './request-locks.service';
import type { CoachingRequest } from './request.types';

/** The session that a coach gives with his yes. */
@Injectable()
export class RequestSessionService {
  constructor(
    private readonly coaches: CoachService,
    private readonly slots: SlotService,
    private readonly register: BookingRegister,
  ) {}

  /**
   * A confirmed discovery booking, as one that the coach makes himself; the register accepts the request with it. What
   * he offers now is what it costs, also when he has stopped offering since.
   *
   * @throws CoachNotFound, the slot errors of rules §1.3
   */
  async give({ request, by }: HeldRequest, startsAt: Date, at: Date): Promise<void> {
    const schedule = orThrow(await this.coaches.findSchedule(request.coachId), CoachNotFound);
    const { discoveryDurationMin: durationMin, timezone: coachTimezone } = schedule;
    const wanted = { clientId: request.clientId, startsAt, durationMin, actor: 'coach' } as const;
    const { capacity, kept } = await this.slots.decide(schedule, wanted, at);
    const booking = discoveryFor(request, schedule, startsAt, capacity, at);
    await this.register.open(booking, { capacity, kept, by, at, coachTimezone });
  }
}

function discoveryFor(
  { clientId, coachId, clientMessage }: CoachingRequest,
  schedule: CoachSchedule,
  startsAt: Date,
  capacity: number,
  at: Date,
): NewBooking {
  const payment = discoveryPayment(schedule);
  const durationMin = schedule.discoveryDurationMin;
  return {
    id: randomUUID(),
    clientId,
    coachId,
    ...payment,
    gymId: null,
    rescheduledFromId: null,
    scheduledAt: startsAt,
    endsAt: endOf(startsAt, durationMin),
    durationMin,
    type: typeOf(payment.pricingType, capacity),
    ...policyOf(schedule),
    clientMessage,
    ...beginningOf('coach', startsAt, at),
  };
}
