import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { wireInstant } from 'src/common/http/instants';
import { AnswerReminderDue, SessionReminderDue } from 'src/modules/booking/booking.events';
import { AnnouncementService } from './announcement.service';
import { PartyService } from './party.service';

/** Reminds people of requests that lapse and of sessions that come. */
@Injectable()
export class ReminderNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(AnswerReminderDue, 'notification', (event) => this.unanswered(event));
    this.events.subscribe(SessionReminderDue, 'notification', (event) => this.comes(event));
  }

  private async unanswered({ booking, expiresAt }: AnswerReminderDue): Promise<void> {
    const { coach, values } = await this.parties.ofSession(booking);
    const { bookingId: fact, coachTimezone } = booking;
    await this.announcements.announce(coach, {
      type: 'booking_validation_reminder',
      fact,
      data: { booking_id: fact, expires_at: wireInstant(expiresAt) },
      values: { ...values, deadline: { at: expiresAt, coachTimezone } },
      before: expiresAt,
    });
  }

  private async comes({ booking, ahead }: SessionReminderDue): Promise<void> {
    const { client, coach, values } = await this.parties.ofSession(booking);
    const message = {
      type: ahead === 'day' ? 'reminder_day_before' : 'reminder_hour_before',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId },
      values,
      before: booking.scheduledAt,
    } as const;
    await this.announcements.announceAll([client, message], [coach, { ...message, variant: 'for_coach' }]);
  }
}
