import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { CoachProfileCreated } from 'src/modules/coach/coach.events';
import { DefaultTemplateService } from './default-template.service';

/** Gives every new coach the template that all start with. */
@Injectable()
export class TemplateListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly defaults: DefaultTemplateService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(CoachProfileCreated, 'messaging', ({ coachId }) => this.defaults.ensure(coachId));
  }
}
