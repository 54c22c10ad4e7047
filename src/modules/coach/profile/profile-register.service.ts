import { Injectable } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import type { CoachProfileCreated, CoachProfileUpdated } from 'src/modules/coach/coach.events';
import { type CoachProfileView, CoachProfileViewService } from './profile-view.service';

/** How every write of a profile ends: told to others, counted, and shown. */
@Injectable()
export class CoachProfileRegister {
  constructor(
    private readonly views: CoachProfileViewService,
    private readonly completion: CompletionParts,
    private readonly events: EventBus,
  ) {}

  /** Call it within the transaction that wrote. @throws CoachProfileNotFound */
  async written(event: CoachProfileCreated | CoachProfileUpdated): Promise<CoachProfileView> {
    await this.events.publish(event);
    await this.completion.recompute(event.coachId);
    return this.views.find(event.coachId);
  }
}
