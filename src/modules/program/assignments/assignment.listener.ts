import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { RelationEnded } from 'src/modules/coach/coach.events';
import { AssignmentClients } from './assignment-client.service';

/** Whom a coach no longer trains does not go on with his plans. */
@Injectable()
export class AssignmentListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly clients: AssignmentClients,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(RelationEnded, 'program', ({ coachId, clientId, at }) =>
      this.clients.relationEnded(coachId, clientId, at),
    );
  }
}
