import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { AccountClosing, AccountReactivated, AccountSuspended, TimezoneChanged } from 'src/modules/auth/auth.events';
import { SeatReleased, SeatSought, SeatsReleased, SeatTaken, TimeOffTaken } from 'src/modules/booking/booking.events';
import { AvailabilityChanged, CoachProfileUpdated } from 'src/modules/coach/coach.events';
import { WaitlistQueueService } from './waitlist-queue.service';
import { WaitlistUpkeepService } from './waitlist-upkeep.service';

const NAME = 'waitlist';

/** What happens to slots and people, as far as queues feel it: in the transaction of what happened. */
@Injectable()
export class WaitlistListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly queues: WaitlistQueueService,
    private readonly upkeep: WaitlistUpkeepService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(SeatSought, NAME, (event) => this.seatSought(event));
    this.events.subscribe(SeatTaken, NAME, (event) => this.seatTaken(event));
    this.events.subscribe(SeatReleased, NAME, ({ booking }) =>
      this.upkeep.placesFreed(booking.coachId, [booking.scheduledAt]),
    );
    this.events.subscribe(SeatsReleased, NAME, ({ coachId, starts }) => this.upkeep.placesFreed(coachId, starts));
    this.events.subscribe(TimeOffTaken, NAME, ({ coachId, startsAt, endsAt }) =>
      this.upkeep.timeOffTaken(coachId, startsAt, endsAt),
    );
    this.events.subscribe(AvailabilityChanged, NAME, ({ coachId }) => this.slotsChanged(coachId));
    this.events.subscribe(CoachProfileUpdated, NAME, ({ coachId }) => this.slotsChanged(coachId));
    this.events.subscribe(TimezoneChanged, NAME, ({ userId }) => this.slotsChanged(userId));
    this.events.subscribe(AccountReactivated, NAME, ({ userId }) => this.slotsChanged(userId));
    this.events.subscribe(AccountSuspended, NAME, ({ userId }) => this.upkeep.clientGone(userId));
    this.events.subscribe(AccountClosing, NAME, async ({ userId }) => {
      await this.upkeep.clientGone(userId);
      await this.upkeep.coachGone(userId);
    });
  }

  private async seatSought(event: SeatSought): Promise<void> {
    const { coachId, startsAt, coachTimezone, at } = event;
    event.hasMovedPlaces = (await this.queues.tend({ coachId, startsAt, coachTimezone }, at)) > 0;
  }

  private async seatTaken({ booking }: SeatTaken): Promise<void> {
    const { coachId, clientId, bookingId, scheduledAt: startsAt, coachTimezone, at } = booking;
    await this.queues.seat({ coachId, startsAt, coachTimezone }, clientId, bookingId, at);
  }

  private async slotsChanged(coachId: string): Promise<void> {
    await this.upkeep.slotsChanged(coachId);
  }
}
