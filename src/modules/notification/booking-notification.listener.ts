import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { wireInstant } from 'src/common/http/instants';
import {
  BookingAutoRejected,
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  BookingMoved,
  BookingRejected,
  BookingRequested,
} from 'src/modules/booking/booking.events';
import { AnnouncementService } from './announcement.service';
import { PartyService } from './party.service';

/** Tells the parties of a booking what became of it. A part of the act: if it fails, so does the act. */
@Injectable()
export class BookingNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(BookingRequested, 'notification', (event) => this.requested(event));
    this.events.subscribe(BookingConfirmed, 'notification', (event) => this.confirmed(event));
    this.events.subscribe(BookingRejected, 'notification', (event) => this.rejected(event));
    this.events.subscribe(BookingAutoRejected, 'notification', (event) => this.autoRejected(event));
    this.events.subscribe(BookingMoved, 'notification', (event) => this.moved(event));
    this.events.subscribe(BookingCancelledByClient, 'notification', (event) => this.cancelledByClient(event));
    this.events.subscribe(BookingCancelledLate, 'notification', (event) => this.cancelledLate(event));
    this.events.subscribe(BookingCancelledByCoach, 'notification', (event) => this.cancelledByCoach(event));
  }

  private async requested({ booking, expiresAt, sessionsRemaining }: BookingRequested): Promise<void> {
    const { client, coach, values } = await this.parties.ofSession(booking);
    const { bookingId: fact, clientId, coachTimezone } = booking;
    await this.announcements.announceAll(
      [
        coach,
        {
          type: 'booking_requested',
          fact,
          ...(sessionsRemaining !== null && { variant: 'with_sessions' }),
          data: { booking_id: fact, client_id: clientId, expires_at: wireInstant(expiresAt) },
          values: {
            ...values,
            deadline: { at: expiresAt, coachTimezone },
            sessions: { count: sessionsRemaining ?? 0, of: 'sessions' },
          },
          before: expiresAt,
        },
      ],
      [client, { type: 'booking_sent', fact, data: { booking_id: fact }, values }],
    );
  }

  private async confirmed({ booking }: BookingConfirmed): Promise<void> {
    const { client, coach, values } = await this.parties.ofSession(booking);
    const { bookingId: fact, clientId, coachId } = booking;
    await this.announcements.announceAll(
      [
        client,
        {
          type: 'booking_confirmed',
          fact,
          data: { booking_id: fact, coach_id: coachId },
          values,
        },
      ],
      [
        coach,
        {
          type: 'session_confirmed',
          fact,
          data: { booking_id: fact, client_id: clientId },
          values,
        },
      ],
    );
  }

  private async rejected({ booking, reason }: BookingRejected): Promise<void> {
    const { client, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(client, {
      type: 'booking_rejected',
      fact: booking.bookingId,
      ...(reason && { variant: 'with_reason' }),
      data: { booking_id: booking.bookingId },
      values: { ...values, reason: reason ?? '' },
    });
  }

  private async autoRejected({ booking }: BookingAutoRejected): Promise<void> {
    const { client, coach, values } = await this.parties.ofSession(booking);
    const message = {
      type: 'booking_auto_rejected',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId },
      values,
    } as const;
    await this.announcements.announceAll([client, message], [coach, { ...message, variant: 'for_coach' }]);
  }

  /** Only the other party: who moved it knows. What a client moves waits for an answer, and his reason is his own. */
  private async moved({ booking, previous, by, reason, expiresAt }: BookingMoved): Promise<void> {
    const { client, coach, values } = await this.parties.ofSession(booking);
    const { bookingId: fact, scheduledAt, coachTimezone } = booking;
    const isAsked = by === 'client';
    await this.announcements.announce(isAsked ? coach : client, {
      type: 'booking_rescheduled',
      fact,
      ...(isAsked ? { variant: 'to_answer' } : reason && { variant: 'with_reason' }),
      data: {
        booking_id: fact,
        previous_booking_id: previous.bookingId,
        scheduled_at: wireInstant(scheduledAt),
        status: isAsked ? 'pending_coach_validation' : 'confirmed',
      },
      values: {
        ...values,
        former: { at: previous.scheduledAt, coachTimezone },
        reason: isAsked ? '' : (reason ?? ''),
        deadline: expiresAt ? { at: expiresAt, coachTimezone } : '',
      },
    });
  }

  private async cancelledByClient({ booking }: BookingCancelledByClient): Promise<void> {
    const { coach, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(coach, {
      type: 'booking_cancelled_by_client',
      fact: booking.bookingId,
      data: { booking_id: booking.bookingId, client_id: booking.clientId },
      values,
    });
  }

  private async cancelledLate({ booking, penaltyDue }: BookingCancelledLate): Promise<void> {
    const { coach, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(coach, {
      type: 'booking_cancelled_late',
      fact: booking.bookingId,
      ...(penaltyDue && { variant: 'due' }),
      data: { booking_id: booking.bookingId, client_id: booking.clientId, penalty_due: String(penaltyDue) },
      values,
    });
  }

  private async cancelledByCoach({ booking, reason }: BookingCancelledByCoach): Promise<void> {
    const { client, values } = await this.parties.ofSession(booking);
    await this.announcements.announce(client, {
      type: 'booking_cancelled_by_coach',
      fact: booking.bookingId,
      ...(reason && { variant: 'with_reason' }),
      data: { booking_id: booking.bookingId, coach_id: booking.coachId },
      values: { ...values, reason: reason ?? '' },
    });
  }
}
