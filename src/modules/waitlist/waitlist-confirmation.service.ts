import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingOfferService } from 'src/modules/booking/booking-offer.service';
import type { Booking } from 'src/modules/booking/booking.types';
import { CoachService } from 'src/modules/coach/coach.service';
import { CONFIRM_ERRORS, WaitlistEntryNotFound } from './waitlist.errors';
import { WaitlistQueueService } from './waitlist-queue.service';
import { WaitlistRepository } from './waitlist.repository';
import { type ConfirmRefusal, confirmRefusal } from './waitlist.rules';
import type { WaitlistEntry } from './waitlist.types';

/** An offer that was taken, and the booking that it became. */
export interface Confirmation {
  entry: WaitlistEntry;
  booking: Booking;
}

/** Taking the place that was offered (T1b). */
@Injectable()
export class WaitlistConfirmationService {
  constructor(
    private readonly entries: WaitlistRepository,
    private readonly queues: WaitlistQueueService,
    private readonly offers: BookingOfferService,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /**
   * The booking is confirmed at once, and paid by rule 5 of §1.4.
   *
   * @throws WaitlistEntryNotFound, NotNotified
   * @throws ConfirmationWindowExpired when the time is over: the place is offered to the next one by then, and stays so
   * @throws SlotUnavailable, ClientBusy, NoCreditsAvailable, CoachFull: the offer stays open
   */
  async confirm(me: Principal, id: string): Promise<Confirmation> {
    const outcome = await this.attempt(me, id);
    // The lapse is kept, so it is told only after its transaction has committed.
    if (typeof outcome === 'string') throw new CONFIRM_ERRORS[outcome]();
    return outcome;
  }

  @Transactional()
  private async attempt(me: Principal, id: string): Promise<Confirmation | ConfirmRefusal> {
    const { coachId, startsAt } = await this.own(me, id);
    const coachTimezone = await this.coaches.lockTimezone(coachId);
    const refusal = confirmRefusal(await this.own(me, id), this.clock.now());
    if (refusal === 'confirmation_window_expired')
      await this.queues.tend({ coachId, startsAt, coachTimezone }, this.clock.now());
    if (refusal) return refusal;
    const booking = await this.offers.confirm(me, coachId, startsAt);
    return { entry: await this.own(me, id), booking };
  }

  private async own(me: Principal, id: string): Promise<WaitlistEntry> {
    const entry = orThrow(await this.entries.findById(id), WaitlistEntryNotFound);
    if (entry.clientId !== me.userId) throw new WaitlistEntryNotFound();
    return entry;
  }
}
