import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingCancelledByClient, BookingCancelledByCoach } from 'src/modules/booking/booking.events';
import { BookingRegister, type Mover } from 'src/modules/booking/booking-register.service';
import { BookingRepository } from 'src/modules/booking/booking.repository';
import { byStart } from 'src/modules/booking/booking.rules';
import { isActive } from 'src/modules/booking/booking.state';
import { RequestRegister } from 'src/modules/booking/requests/request-register.service';
import { RequestRepository } from 'src/modules/booking/requests/request.repository';
import { CoachService } from 'src/modules/coach/coach.service';
import { ComingRepository } from './coming.repository';

/** Somebody who closes his account gives up what he has before him (rules §17.2). */
@Injectable()
export class DepartureService {
  constructor(
    private readonly coming: ComingRepository,
    private readonly bookings: BookingRepository,
    private readonly register: BookingRegister,
    private readonly requests: RequestRepository,
    private readonly requestRegister: RequestRegister,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /**
   * His sessions to come are cancelled in time, on either side and whatever the policy says: nobody owes anything, and
   * sessions of packages come back. Requests that wait are over. Running it again changes nothing.
   */
  @Transactional()
  async leave(personId: string): Promise<void> {
    for (const coachId of await this.coming.coachesOf(personId, this.clock.now())) {
      // What is read from here on is all there is: nobody books this coach meanwhile.
      const coachTimezone = await this.coaches.lockTimezone(coachId);
      await this.cancelSessions(personId, coachId, coachTimezone);
      await this.endRequests(personId, coachId);
    }
  }

  private async cancelSessions(personId: string, coachId: string, coachTimezone: string): Promise<void> {
    const at = this.clock.now();
    const isCoach = personId === coachId;
    const ids = await this.coming.bookingIds(coachId, isCoach ? null : personId, at);
    if (ids.length === 0) return;
    const due = (await this.bookings.lockByIds(ids))
      .filter(({ status, scheduledAt }) => isActive(status) && at < scheduledAt)
      .sort(byStart);
    const part = isCoach ? 'coach' : 'client';
    const by: Mover = { part, role: part, userId: personId };
    const move = { act: 'cancel_in_time', by, at } as const;
    const held = due.map((booking) => ({ booking, coachTimezone }));
    await this.register.moveAll(coachId, held, move, (fact) =>
      isCoach ? new BookingCancelledByCoach(fact, null) : new BookingCancelledByClient(fact),
    );
  }

  /** Those with a session went with it. */
  private async endRequests(personId: string, coachId: string): Promise<void> {
    const at = this.clock.now();
    const isCoach = personId === coachId;
    for (const id of await this.coming.requestIds(coachId, isCoach ? null : personId)) {
      const request = await this.requests.lockById(id);
      if (request?.status !== 'pending') continue;
      if (isCoach) await this.requestRegister.reject(request, null, at);
      else await this.requestRegister.cancel(request, at);
    }
  }
}
