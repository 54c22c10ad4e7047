import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingCancelledByCoach } from './booking.events';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister, type Mover } from './booking-register.service';
import { byStart, cancellationAct } from './booking.rules';
import type { Booking } from './booking.types';
import { TimeOffService } from './time-off/time-off.service';

/** What an act on a session leaves as it was. */
export type EndedSession = Pick<Booking, 'id' | 'clientId' | 'clientName' | 'scheduledAt'>;

/** A coach who cancels many of his sessions at once: ill, away, the club closed. */
@Injectable()
export class BookingBulkCancellationService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly register: BookingRegister,
    private readonly timeOffs: TimeOffService,
    private readonly clock: Clock,
  ) {}

  /**
   * T8 for all of them or for none (rules §10), never late; what is no longer active or has begun is left as it is. With
   * `blockSlots` the coach is away during the sessions before their places are free, so that nobody is offered one.
   *
   * @param ids an id may come twice
   * @returns the sessions cancelled, by start
   * @throws BookingNotOwned naming the ids, by their places, that are no bookings of the caller; an admin has no others
   */
  @Transactional()
  async cancel(
    me: Principal,
    ids: readonly string[],
    { blockSlots }: { blockSlots: boolean },
  ): Promise<EndedSession[]> {
    // With `blockSlots` queues change before packages are locked, and packages are locked by the start of their session,
    // not by id. That is against the order of locks and cannot deadlock all the same: whoever changes a queue or a
    // package of this coach holds the coach first, and he is held here from now on.
    const held = await this.locks.holdAllOfCoach(me.userId, ids);
    const at = this.clock.now();
    const due = held
      .filter(({ booking }) => cancellationAct(booking, 'coach', at) !== null)
      .sort((one, other) => byStart(one.booking, other.booking));
    if (blockSlots)
      await this.timeOffs.cover(
        me.userId,
        due.map(({ booking: { scheduledAt: startsAt, endsAt } }) => ({ startsAt, endsAt })),
      );
    const by: Mover = { part: 'coach', role: 'coach', userId: me.userId };
    const move = { act: 'cancel_in_time', by, at } as const;
    await this.register.moveAll(me.userId, due, move, (fact) => new BookingCancelledByCoach(fact, null));
    return due.map(({ booking }) => booking);
  }
}
