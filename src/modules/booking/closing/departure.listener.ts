import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { AccountClosing } from 'src/modules/auth/auth.events';
import { DepartureService } from './departure.service';

@Injectable()
export class DepartureListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly departures: DepartureService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(AccountClosing, 'booking', ({ userId }) => this.departures.leave(userId));
  }
}
