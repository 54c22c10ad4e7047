import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import {
  DiscoveryAccepted,
  DiscoveryCancelled,
  DiscoveryRejected,
  DiscoveryRequested,
} from 'src/modules/booking/requests/request.events';
import { AnnouncementService } from './announcement.service';
import { PartyService } from './party.service';

/**
 * Tells coach and client of a request for a discovery session. With a booking it says what `booking_requested` and its
 * kind say of other bookings (rules §9); the other half of those facts is told here as well.
 */
@Injectable()
export class DiscoveryNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(DiscoveryRequested, 'notification', (event) => this.requested(event));
    this.events.subscribe(DiscoveryAccepted, 'notification', (event) => this.accepted(event));
    this.events.subscribe(DiscoveryRejected, 'notification', (event) => this.rejected(event));
    this.events.subscribe(DiscoveryCancelled, 'notification', (event) => this.cancelled(event));
  }

  /** Told again when the client books a start for a request that waits. */
  private async requested({ request, booking, expiresAt }: DiscoveryRequested): Promise<void> {
    const { requestId: request_id, clientId: client_id, coachId } = request;
    if (!booking || !expiresAt) {
      const { coach, values } = await this.parties.of(client_id, coachId);
      const data = { request_id, booking_id: '', client_id };
      const told = { ...values, session: '', deadline: '' };
      await this.announcements.announce(coach, { type: 'discovery_requested', fact: request_id, data, values: told });
      return;
    }
    const { client, coach, values } = await this.parties.ofSession(booking);
    const { bookingId: booking_id, coachTimezone } = booking;
    await this.announcements.announceAll(
      [
        coach,
        {
          type: 'discovery_requested',
          fact: booking_id,
          variant: 'with_session',
          data: { request_id, booking_id, client_id },
          values: { ...values, deadline: { at: expiresAt, coachTimezone } },
        },
      ],
      [client, { type: 'booking_sent', fact: booking_id, data: { booking_id }, values }],
    );
  }

  private async accepted({ request, booking }: DiscoveryAccepted): Promise<void> {
    const { requestId: request_id, clientId: client_id, coachId: coach_id } = request;
    if (!booking) {
      const { client, values } = await this.parties.of(client_id, coach_id);
      const data = { request_id, booking_id: '', coach_id };
      const told = { ...values, session: '' };
      await this.announcements.announce(client, { type: 'discovery_accepted', fact: request_id, data, values: told });
      return;
    }
    const { client, coach, values } = await this.parties.ofSession(booking);
    const { bookingId: booking_id } = booking;
    await this.announcements.announceAll(
      [
        client,
        {
          type: 'discovery_accepted',
          fact: request_id,
          variant: 'with_session',
          data: { request_id, booking_id, coach_id },
          values,
        },
      ],
      [
        coach,
        {
          type: 'session_confirmed',
          fact: booking_id,
          data: { booking_id, client_id },
          values,
        },
      ],
    );
  }

  private async rejected({ request, reason }: DiscoveryRejected): Promise<void> {
    const { requestId: request_id, clientId, coachId: coach_id } = request;
    const { client, values } = await this.parties.of(clientId, coach_id);
    await this.announcements.announce(client, {
      type: 'discovery_rejected',
      fact: request_id,
      ...(reason && { variant: 'with_reason' }),
      data: { request_id, coach_id },
      values: { ...values, reason: reason ?? '' },
    });
  }

  private async cancelled({ request }: DiscoveryCancelled): Promise<void> {
    const { requestId: request_id, clientId: client_id, coachId } = request;
    const { coach, values } = await this.parties.of(client_id, coachId);
    const data = { request_id, client_id };
    await this.announcements.announce(coach, { type: 'discovery_cancelled', fact: request_id, data, values });
  }
}
