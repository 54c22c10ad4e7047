import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { wireInstant } from 'src/common/http/instants';
import { UserService } from 'src/modules/auth/user.service';
import {
  BookingAutoRejected,
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  type BookingFact,
  BookingRejected,
  BookingRequested,
} from 'src/modules/booking/booking.events';
import { AnnouncementService } from './announcement.service';
import type { Moment } from './catalogue';
import type { Reader } from './notification-text';

type Party = Reader & { id: string; firstName: string };

/** Client and coach of a booking, and the words that every message about it may need. */
interface Parties {
  client: Party;
  coach: Party;
  values: { client: string; coach: string; session: Moment };
}

/** Tells the parties of a booking what became of it. A part of the act: if it fails, so does the act. */
@Injectable()
export class BookingNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(BookingRequested, 'notification', (event) => this.requested(event));
    this.events.subscribe(BookingConfirmed, 'notification', (event) => this.confirmed(event));
    this.events.subscribe(BookingRejected, 'notification', (event) => this.rejected(event));
    this.events.subscribe(BookingAutoRejected, 'notification', (event) => this.autoRejected(event));
    this.events.subscribe(BookingCancelledByClient, 'notification', (event) => this.cancelledByClient(event));
    this.events.subscribe(BookingCancelledLate, 'notification', (event) => this.cancelledLate(event));
    this.events.subscribe(BookingCancelledByCoach, 'notification', (event) => this.cancelledByCoach(event));
  }

  private async requested({ booking, expiresAt }: BookingRequested): Promise<void> {
    const { client, coach, values } = await this.partiesOf(booking);
    const { bookingId: fact, clientId, coachTimezone } = booking;
    await this.announcements.announce(coach, {
      type: 'booking_requested',
      fact,
      data: { booking_id: fact, client_id: clientId, expires_at: wireInstant(expiresAt) },
      values: { ...values, deadline: { at: expiresAt, coachTimezone } },
    });
    await this.announcements.announce(client, { type: 'booking_sent', fact, data: { booking_id: fact }, values });
  }

  private async confirmed({ booking }: BookingConfirmed): Promise<void> {
    const { client, coach, values } = await this.partiesOf(booking);
    const { bookingId: fact, clientId, coachId } = booking;
    await this.announcements.announce(client, {
      type: 'booking_confirmed',
      fact,
      data: { booking_id: fact, coach_id: coachId },
      values,
    });
    await this.announcements.announce(coach, {
      type: 'session_confirmed',
      fact,
      data: { booking_id: fact, client_id: clientId },
      values,
    });
  }

  private async rejected({ booking, reason }: BookingRejected): Promise<void> {
    const { client, values } = await this.partiesOf(booking);
    await this.announcements.announce(client, {
      type: 'booking_rejected',
      fact: booking.bookingId,
      ...(reason && { variant: 'with_reason' }),
      data: { booking_id: booking.bookingId },
      values: { ...values, reason: reason ?? '' },
    });
  }

  private async autoRejected({ booking }: BookingAutoRejected): Promise<void> {
    const { client, coach, values } = await this.partiesOf(booking);
    const message = {
      type: 'booking_auto_rejected',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId },
      values,
    } as const;
    await this.announcements.announce(client, message);
    await this.announcements.announce(coach, { ...message, variant: 'for_coach' });
  }

  private async cancelledByClient({ booking }: BookingCancelledByClient): Promise<void> {
    const { coach, values } = await this.partiesOf(booking);
    await this.announcements.announce(coach, {
      type: 'booking_cancelled_by_client',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId, client_id: booking.clientId },
      values,
    });
  }

  private async cancelledLate({ booking, penaltyDue }: BookingCancelledLate): Promise<void> {
    const { coach, values } = await this.partiesOf(booking);
    await this.announcements.announce(coach, {
      type: 'booking_cancelled_late',
      fact: booking.bookingId,
      ...(penaltyDue && { variant: 'due' }),
      data: { booking_id: booking.bookingId, client_id: booking.clientId, penalty_due: String(penaltyDue) },
      values,
    });
  }

  private async cancelledByCoach({ booking, reason }: BookingCancelledByCoach): Promise<void> {
    const { client, values } = await this.partiesOf(booking);
    await this.announcements.announce(client, {
      type: 'booking_cancelled_by_coach',
      fact: booking.bookingId,
      ...(reason && { variant: 'with_reason' }),
      data: { booking_id: booking.bookingId, coach_id: booking.coachId },
      values: { ...values, reason: reason ?? '' },
    });
  }

  private async partiesOf({ clientId, coachId, scheduledAt, coachTimezone }: BookingFact): Promise<Parties> {
    const contacts = await this.users.findContacts([clientId, coachId]);
    const client = contacts.get(clientId);
    const coach = contacts.get(coachId);
    if (!client || !coach) throw new Error('A booking names a person whom the database does not hold');
    const session = { at: scheduledAt, coachTimezone };
    return { client, coach, values: { client: client.firstName, coach: coach.firstName, session } };
  }
}
