import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserService } from 'src/modules/auth/user.service';
import { ReconnectNeeded, StravaPushed } from 'src/modules/integration/integration.events';
import { AnnouncementService } from './announcement.service';

/** The same in every language. */
const NAMES = {
  strava: 'Strava',
  google_calendar: 'Google Calendar',
  withings: 'Withings',
  garmin: 'Garmin',
} as const;

/** Tells people what became of what they share with other providers. */
@Injectable()
export class IntegrationNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(ReconnectNeeded, 'notification', (event) => this.refused(event));
    this.events.subscribe(StravaPushed, 'notification', (event) => this.pushed(event));
  }

  private async refused({ userId, provider, at }: ReconnectNeeded): Promise<void> {
    const owner = await this.users.findContact(userId);
    if (!owner) return;
    await this.announcements.announce(owner, {
      type: 'integration_reconnect',
      fact: `${provider} ${at.toISOString()}`,
      data: { provider },
      values: { provider: NAMES[provider] },
    });
  }

  private async pushed({ userId, sessionId, stravaActivityId, activityName }: StravaPushed): Promise<void> {
    const owner = await this.users.findContact(userId);
    if (!owner) return;
    await this.announcements.announce(owner, {
      type: 'strava_pushed',
      fact: stravaActivityId,
      data: { session_id: sessionId, strava_activity_id: stravaActivityId },
      values: { name: activityName },
    });
  }
}
