import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserRegistered } from 'src/modules/auth/auth.events';
import { EnrollmentService } from './enrollment.service';

/** Makes who registers by a link a client of its coach. Nothing that goes wrong with a link stops a registration. */
@Injectable()
export class EnrollmentListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly enrollment: EnrollmentService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(UserRegistered, 'enrollment', (event) => this.registered(event), { optional: true });
  }

  private async registered({ userId, enrollmentToken }: UserRegistered): Promise<void> {
    if (enrollmentToken !== null) await this.enrollment.enrollIfUsable(userId, enrollmentToken);
  }
}
