import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { AccountClosing, UserRegistered } from 'src/modules/auth/auth.events';
import { CodeRequestService } from './code-request.service';
import { PhoneCodeRepository } from './phone-code.repository';

/** A coach who comes with a number is asked at once to prove it: clients call it. Who leaves proves nothing any more. */
@Injectable()
export class PhoneListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly requests: CodeRequestService,
    private readonly codes: PhoneCodeRepository,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(UserRegistered, 'auth', ({ userId }) => this.requests.welcome(userId));
    this.events.subscribe(AccountClosing, 'auth', ({ userId }) => this.codes.delete(userId));
  }
}
