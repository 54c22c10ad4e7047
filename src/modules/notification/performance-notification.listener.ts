import { Injectable, type OnModuleInit } from '@nestjs/common';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { EventBus } from 'src/common/events/event-bus';
import { AppConfig } from 'src/config/app-config';
import { UserService } from 'src/modules/auth/user.service';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import {
  PerformanceErrorReported,
  PerformanceRecorded,
  PersonalRecordSet,
} from 'src/modules/performance/performance.events';
import { AnnouncementService } from './announcement.service';
import { PartyService } from './party.service';

/** Tells people what was written down for them, what is not right in it, and what they had never lifted before. */
@Injectable()
export class PerformanceNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly parties: PartyService,
    private readonly profiles: ClientProfileService,
    private readonly announcements: AnnouncementService,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(PerformanceRecorded, 'notification', (event) => this.entered(event));
    this.events.subscribe(PerformanceErrorReported, 'notification', (event) => this.reported(event));
    this.events.subscribe(PersonalRecordSet, 'notification', (event) => this.surpassed(event));
  }

  /** Who writes for himself knows. */
  private async entered({ sessionId, ownerId, enteredBy, trainedAt }: PerformanceRecorded): Promise<void> {
    if (enteredBy === null) return;
    const { client, values } = await this.parties.of(ownerId, enteredBy);
    await this.announcements.announce(client, {
      type: 'performance_entered',
      fact: sessionId,
      data: { session_id: sessionId, coach_id: enteredBy },
      values: { coach: values.coach, date: { at: trainedAt, coachTimezone: null } },
    });
  }

  /**
   * The same words about the same session are one fact, however often they are sent; other words are another. A short
   * text could be guessed from a hash without a key.
   */
  private async reported({ sessionId, ownerId, coachId, trainedAt, message }: PerformanceErrorReported): Promise<void> {
    const { coach, values } = await this.parties.of(ownerId, coachId);
    await this.announcements.announce(coach, {
      type: 'performance_error_reported',
      fact: `${sessionId}:${this.hashOf(message ?? '')}`,
      ...(message !== null && { variant: 'with_message' }),
      data: { session_id: sessionId, client_id: ownerId },
      values: { client: values.client, date: { at: trainedAt, coachTimezone: null }, message: message ?? '' },
    });
  }

  private hashOf(message: string): string {
    return keyedHash(this.config.secrets.signingSecret, `performance message ${message}`);
  }

  private async surpassed(event: PersonalRecordSet): Promise<void> {
    const { sessionId, ownerId, exerciseTypeId, exerciseName, weightKg } = event;
    const owner = await this.users.findContact(ownerId);
    if (!owner) return;
    const unit = await this.profiles.weightUnitOf(ownerId);
    await this.announcements.announce(owner, {
      type: 'new_personal_record',
      fact: `${sessionId}:${exerciseTypeId}`,
      data: { session_id: sessionId, exercise_type_id: exerciseTypeId, weight_kg: String(weightKg) },
      values: { exercise: exerciseName, weight: { weightKg, unit } },
    });
  }
}
