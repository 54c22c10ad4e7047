import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { IntegrationConnected, IntegrationDisconnected } from 'src/modules/integration/integration.events';
import { ScaleSyncService } from './scale-sync.service';

/** A scale is read from when it is connected until it is not. */
@Injectable()
export class ScaleListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly scales: ScaleSyncService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(IntegrationConnected, 'integration', async ({ userId, provider }) => {
      if (provider === 'withings') await this.scales.begin(userId);
    });
    this.events.subscribe(IntegrationDisconnected, 'integration', async ({ userId, provider }) => {
      if (provider === 'withings') await this.scales.end(userId);
    });
  }
}
