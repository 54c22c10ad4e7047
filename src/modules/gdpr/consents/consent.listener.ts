import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserRegistered } from 'src/modules/auth/auth.events';
import { SharingConsents } from 'src/modules/auth/sharing-consents';
import { ConsentService } from './consent.service';

/** What others need of consents, and what they bring about. */
@Injectable()
export class ConsentListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly sharing: SharingConsents,
    private readonly consents: ConsentService,
  ) {}

  onModuleInit(): void {
    this.sharing.register((userId) => this.consents.isAccepted(userId, 'third_party_sharing'));
    // Not optional: an account that says it was opened under the terms has the rows that prove it.
    this.events.subscribe(UserRegistered, 'gdpr', async ({ userId, acceptedTerms }) => {
      if (acceptedTerms) await this.consents.acceptTerms(userId);
    });
  }
}
