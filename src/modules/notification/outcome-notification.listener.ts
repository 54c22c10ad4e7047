import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { BookingAutoDone, BookingNoShow, PenaltyApplied, PenaltyWaived } from 'src/modules/booking/booking.events';
import { AnnouncementService } from './announcement.service';
import { PartyService } from './party.service';

/** Tells the parties how a session counts that is over, or was cancelled late. A part of the act. */
@Injectable()
export class OutcomeNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(BookingNoShow, 'notification', (event) => this.missed(event));
    this.events.subscribe(PenaltyApplied, 'notification', (event) => this.applied(event));
    this.events.subscribe(PenaltyWaived, 'notification', (event) => this.waived(event));
    this.events.subscribe(BookingAutoDone, 'notification', (event) => this.autoDone(event));
  }

  private async missed({ booking, penaltyDue }: BookingNoShow): Promise<void> {
    const { client, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(client, {
      type: 'no_show_marked',
      fact: booking.bookingId,
      ...(penaltyDue && { variant: 'due' }),
      data: { booking_id: booking.bookingId },
      values,
    });
  }

  private async applied({ booking }: PenaltyApplied): Promise<void> {
    const { client, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(client, {
      type: 'penalty_applied',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId },
      values,
    });
  }

  /** The coach only when nobody asked him: by the job, because he left it undecided. */
  private async waived({ booking, by }: PenaltyWaived): Promise<void> {
    const { client, coach, values } = await this.parties.ofSession(booking);
    const message = {
      type: 'penalty_waived',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId },
      values,
    } as const;
    await this.announcements.announceAll(
      [client, message],
      by === 'system' && [coach, { ...message, variant: 'for_coach' }],
    );
  }

  private async autoDone({ booking }: BookingAutoDone): Promise<void> {
    const { coach, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(coach, {
      type: 'auto_done',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId },
      values,
    });
  }
}
