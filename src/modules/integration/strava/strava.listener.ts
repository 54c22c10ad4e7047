import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { IntegrationDisconnected, ReconnectNeeded } from 'src/modules/integration/integration.events';
import { StravaSessions } from './strava-sessions.service';

/**
 * Who ends the connection takes along what came through it, as Strava's terms ask. A refresh that is refused means as
 * much: the athlete has taken our access away.
 */
@Injectable()
export class StravaListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly sessions: StravaSessions,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(IntegrationDisconnected, 'integration', (event) => this.forget(event));
    this.events.subscribe(ReconnectNeeded, 'integration', (event) => this.forget(event));
  }

  private async forget({ userId, provider }: IntegrationDisconnected | ReconnectNeeded): Promise<void> {
    if (provider === 'strava') await this.sessions.forgetAll(userId);
  }
}
