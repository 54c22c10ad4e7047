import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDate } from 'src/common/clock/local-days';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import { CoachNotFound, DuplicateBooking, MOVE_ERRORS } from './booking.errors';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister } from './booking-register.service';
import { beginningOf, endOf, moveRefusal, typeOf } from './booking.rules';
import type { Part } from './booking.state';
import type { Booking, NewBooking } from './booking.types';
import { SlotService } from './slots/slot.service';

/** Moving a session to another start, by either side (rules §1.5). */
@Injectable()
export class BookingMoveService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly coaches: CoachService,
    private readonly slots: SlotService,
    private readonly credits: CreditService,
    private readonly register: BookingRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * A new booking in the place of the old one: moved by the client it waits for the coach, moved by the coach it is
   * confirmed. Seat and held session go along in the same transaction.
   *
   * @throws BookingNotFound, InvalidTransition, TooLateToReschedule, DuplicateBooking for the same start, the slot errors
   *   of rules §1.3, PackageExpired when a client goes past the last day of the package
   */
  @Transactional()
  async move(me: Principal, id: string, startsAt: Date, reason: string | null): Promise<Booking> {
    const held = await this.locks.hold(me, id);
    const { booking, mover } = held;
    const { part } = mover;
    const at = this.clock.now();
    const refusal = moveRefusal(booking, part, at);
    if (refusal) throw new MOVE_ERRORS[refusal]();
    const schedule = orThrow(await this.coaches.findSchedule(booking.coachId), CoachNotFound);
    if (startsAt.getTime() === booking.scheduledAt.getTime()) throw new DuplicateBooking();
    const { clientId, durationMin } = booking;
    const wanted = { clientId, startsAt, durationMin, actor: part, ignoredBookingId: id };
    const { capacity, kept } = await this.slots.decide(schedule, wanted, at);
    if (part === 'client' && booking.packageId !== null)
      await this.credits.assertValidOn(booking.packageId, localDate(startsAt, schedule.timezone));
    const successor = successorOf(booking, startsAt, part, capacity, at);
    const opening = { capacity, kept, by: mover, at, reason, coachTimezone: schedule.timezone };
    return this.register.replace(held, successor, opening);
  }
}

/** Same people, length, gym, price, package and policy; the type is that of the new slot. */
function successorOf(booking: Booking, startsAt: Date, by: Part, capacity: number, at: Date): NewBooking {
  return {
    ...booking,
    id: randomUUID(),
    rescheduledFromId: booking.id,
    scheduledAt: startsAt,
    endsAt: endOf(startsAt, booking.durationMin),
    type: typeOf(booking.pricingType, capacity),
    ...beginningOf(by, startsAt, at),
  };
}
