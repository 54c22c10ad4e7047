import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserService } from 'src/modules/auth/user.service';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import { TargetAdjusted } from 'src/modules/program/progression/progression.events';
import { AnnouncementService } from './announcement.service';

/** How the body begins where it does not cheer. */
const VARIANTS = {
  raised: undefined,
  lowered: 'lowered',
  first_weight: 'first',
  first_without_weights: 'first',
} as const satisfies Record<TargetAdjusted['reason'], string | undefined>;

/** Tells people what they train for from now on. */
@Injectable()
export class ProgressionNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly profiles: ClientProfileService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(TargetAdjusted, 'notification', (event) => this.adjusted(event));
  }

  private async adjusted(event: TargetAdjusted): Promise<void> {
    const { assignmentId, clientId, exerciseTypeId, exerciseName, toKg, reason, sessionId } = event;
    const client = await this.users.findContact(clientId);
    if (!client) return;
    const variant = VARIANTS[reason];
    const unit = await this.profiles.weightUnitOf(clientId);
    await this.announcements.announce(client, {
      type: 'progression_detected',
      fact: `${assignmentId}:${sessionId}:${exerciseTypeId}:${String(toKg)}`,
      ...(variant && { variant }),
      data: { assignment_id: assignmentId, exercise_type_id: exerciseTypeId, target_weight_kg: String(toKg) },
      values: { exercise: exerciseName, weight: { weightKg: toKg, unit } },
    });
  }
}
