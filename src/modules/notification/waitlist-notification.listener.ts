import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { wireInstant } from 'src/common/http/instants';
import {
  WaitlistCancelled,
  WaitlistExpired,
  type WaitlistFact,
  WaitlistJoined,
  WaitlistOffered,
} from 'src/modules/waitlist/waitlist.events';
import { AnnouncementService } from './announcement.service';
import { PartyService, type SessionParties } from './party.service';

/** Tells who waits how the queue moves, and the coach that somebody waits. A part of the act. */
@Injectable()
export class WaitlistNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(WaitlistJoined, 'notification', (event) => this.joined(event));
    this.events.subscribe(WaitlistOffered, 'notification', (event) => this.offered(event));
    this.events.subscribe(WaitlistExpired, 'notification', (event) => this.expired(event));
    this.events.subscribe(WaitlistCancelled, 'notification', (event) => this.cancelled(event));
  }

  private async joined({ entry }: WaitlistJoined): Promise<void> {
    const { coach, values } = await this.partiesOf(entry);
    await this.announcements.announce(coach, {
      type: 'waitlist_joined',
      fact: entry.entryId,
      data: { entry_id: entry.entryId, scheduled_at: wireInstant(entry.scheduledAt) },
      values,
    });
  }

  private async offered({ entry, expiresAt }: WaitlistOffered): Promise<void> {
    const { client, values } = await this.partiesOf(entry);
    const { entryId: fact, coachId, scheduledAt, coachTimezone } = entry;
    await this.announcements.announce(client, {
      type: 'waitlist_available',
      fact,
      data: {
        entry_id: fact,
        coach_id: coachId,
        scheduled_at: wireInstant(scheduledAt),
        expires_at: wireInstant(expiresAt),
      },
      values: { ...values, deadline: { at: expiresAt, coachTimezone } },
      before: expiresAt,
    });
  }

  private async expired({ entry }: WaitlistExpired): Promise<void> {
    const { client, values } = await this.partiesOf(entry);
    await this.announcements.announce(client, {
      type: 'waitlist_expired',
      fact: entry.entryId,
      data: { entry_id: entry.entryId },
      values,
    });
  }

  private async cancelled({ entry, because }: WaitlistCancelled): Promise<void> {
    const { client, values } = await this.partiesOf(entry);
    const { entryId: fact, coachId, scheduledAt } = entry;
    await this.announcements.announce(client, {
      type: 'waitlist_cancelled',
      fact,
      ...(because === 'removed' && { variant: 'removed' }),
      data: { entry_id: fact, coach_id: coachId, scheduled_at: wireInstant(scheduledAt) },
      values,
    });
  }

  private async partiesOf({ clientId, coachId, scheduledAt, coachTimezone }: WaitlistFact): Promise<SessionParties> {
    return this.parties.ofSession({ clientId, coachId, scheduledAt, coachTimezone, gymName: null });
  }
}
