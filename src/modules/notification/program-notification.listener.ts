import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserService } from 'src/modules/auth/user.service';
import { ProgramAssigned, ProgramUpdated } from 'src/modules/program/program.events';
import { AnnouncementService } from './announcement.service';
import { named, PartyService } from './party.service';

/** Tells people what a coach has planned for them. */
@Injectable()
export class ProgramNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(ProgramAssigned, 'notification', (event) => this.assigned(event));
    this.events.subscribe(ProgramUpdated, 'notification', (event) => this.updated(event));
  }

  private async assigned(event: ProgramAssigned): Promise<void> {
    const { client, values } = await this.parties.of(event.clientId, event.coachId);
    await this.announcements.announce(client, {
      type: 'program_assigned',
      fact: event.assignmentId,
      data: { plan_id: event.planId, assignment_id: event.assignmentId },
      values: {
        coach: values.coach,
        plan: event.planName,
        duration: { count: event.durationWeeks, of: 'weeks' },
        start: { day: event.startDate },
      },
    });
  }

  private async updated({ editId, planId, coachId, clientIds, planName }: ProgramUpdated): Promise<void> {
    const people = await this.users.findContacts([coachId, ...clientIds]);
    const coach = people.get(coachId);
    for (const clientId of clientIds) {
      const client = people.get(clientId);
      if (!client || !coach) continue;
      await this.announcements.announce(client, {
        type: 'program_updated',
        fact: editId,
        data: { plan_id: planId },
        values: { coach: named(coach), plan: planName },
      });
    }
  }
}
