import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { together } from 'src/common/transaction/together';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { GymService } from 'src/modules/gym/gym.service';
import { type Admission, BookingAdmission } from './booking-admission.service';
import type { CreateBookingDto } from './booking.dto';
import { BookingRegister } from './booking-register.service';
import { beginningOf, endOf, policyOf, typeOf } from './booking.rules';
import type { Booking, NewBooking } from './booking.types';
import type { Payment } from './payment-choice.rules';
import { PaymentChoiceService } from './payment-choice.service';
import { type Place, SlotService, type WantedSlot } from './slots/slot.service';

/** Making bookings: a client asks for a seat, or the coach gives one to a client of his. */
@Injectable()
export class BookingCreationService {
  constructor(
    private readonly admissions: BookingAdmission,
    private readonly slots: SlotService,
    private readonly choices: PaymentChoiceService,
    private readonly gyms: GymService,
    private readonly register: BookingRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * T1: a client asks, and the seat and one session of a package are held until the coach answers, at most 24 h. T1c:
   * the coach books for a client of his, and it is confirmed at once. T1b: so is the booking of a client to whom the
   * waitlist has offered the start, within his time.
   *
   * @throws CoachNotFound, CannotBookSelf, ClientNotFound, the slot errors of rules §1.3 in their order, GymNotFound,
   *   then what rules §1.4 says about paying, CoachFull, TooManyPending
   */
  @Transactional()
  async create(me: Principal, dto: CreateBookingDto): Promise<Booking> {
    const admission = await this.admissions.admit(me, dto.coach_id, dto.client_id);
    const { schedule, clientId, by } = admission;
    const at = this.clock.now();
    const { scheduled_at: startsAt } = dto;
    const place = await this.slots.decide(schedule, wantedBy(admission, dto), at);
    if (dto.gym_id !== undefined) await this.gyms.assertAll([dto.gym_id]);
    const wish = wishOf(dto);
    const [known, atHand] = await together(
      this.admissions.acquaintance(admission),
      this.choices.atHand({ schedule, clientId, startsAt }, wish),
    );
    const payment = await this.choices.choose({ schedule, clientId, startsAt, ...known }, wish, atHand);
    await this.admissions.assertRoom(admission, known, place);
    const booking = newBooking(dto, admission, payment, place, at);
    return this.register.open(booking, { ...place, by, at, coachTimezone: schedule.timezone });
  }
}

function wantedBy(admission: Admission, dto: CreateBookingDto): WantedSlot {
  const { clientId, by } = admission;
  const wanted = { clientId, startsAt: dto.scheduled_at, durationMin: lengthOf(dto, admission) };
  if (by.part !== 'client') return { ...wanted, actor: 'coach' };
  return { ...wanted, actor: 'client', takesOffer: dto.pricing_type === 'discovery' ? 'as_named' : 'as_offered' };
}

/** Only who gives the seat may choose the length. */
function lengthOf({ duration_min, pricing_type }: CreateBookingDto, { by, schedule }: Admission): number {
  const usual = pricing_type === 'discovery' ? schedule.discoveryDurationMin : schedule.sessionDurationMin;
  return by.part === 'client' ? usual : (duration_min ?? usual);
}

function wishOf({
  pricing_type,
  pricing_id,
  package_id,
}: CreateBookingDto): Parameters<PaymentChoiceService['atHand']>[1] {
  return { pricingType: pricing_type, pricingId: pricing_id, packageId: package_id };
}

function newBooking(
  dto: CreateBookingDto,
  { schedule, clientId, by }: Admission,
  payment: Payment,
  { durationMin, capacity, takesOffer }: Place,
  at: Date,
): NewBooking {
  const startsAt = dto.scheduled_at;
  return {
    id: randomUUID(),
    clientId,
    coachId: schedule.coachId,
    ...payment,
    gymId: dto.gym_id ?? null,
    rescheduledFromId: null,
    scheduledAt: startsAt,
    endsAt: endOf(startsAt, durationMin),
    durationMin,
    type: typeOf(payment.pricingType, capacity),
    ...policyOf(schedule),
    clientMessage: dto.client_message ?? null,
    ...beginningOf(by.part, startsAt, at, takesOffer),
  };
}
