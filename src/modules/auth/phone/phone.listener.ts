import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserRegistered } from 'src/modules/auth/auth.events';
import { CodeRequestService } from './code-request.service';

/** A coach who comes with a number is asked at once to prove it: clients call it. */
@Injectable()
export class PhoneListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly requests: CodeRequestService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(UserRegistered, 'auth', ({ userId }) => this.requests.welcome(userId));
  }
}
