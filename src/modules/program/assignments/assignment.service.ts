import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDay } from 'src/common/clock/local-days';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { Language } from 'src/common/i18n/languages';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { PlanAccess } from 'src/modules/program/plans/plan-access.service';
import { ProgramAssigned } from 'src/modules/program/program.events';
import { AssignmentClients } from './assignment-client.service';
import { AssignmentViewService } from './assignment-view.service';
import type { AssignPlanDto } from './assignment.dto';
import { AssignmentRepository } from './assignment.repository';
import type { AssignmentView } from './assignment.types';

/** Giving a plan to somebody who trains with its coach (rules §14.4). */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly access: PlanAccess,
    private readonly clients: AssignmentClients,
    private readonly assignments: AssignmentRepository,
    private readonly views: AssignmentViewService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * The client is told.
   *
   * @throws PlanNotFound, PlanArchived, ClientNotFound, NoCoachingRelation
   * @throws ValidationFailed for a start before today, in the client's zone
   */
  @Transactional()
  async assign(me: Principal, planId: string, dto: AssignPlanDto, language: Language): Promise<AssignmentView> {
    const { client_id: clientId, start_date: startDate, mode } = dto;
    const plan = await this.access.holdAssignable(me, planId);
    const client = await this.clients.hold(me.userId, clientId);
    const now = this.clock.now();
    if (startDate < localDay(now, client.timezone).toString())
      throw new ValidationFailed([{ field: 'start_date', code: 'too_small' }]);
    if (mode === 'replace_ai') await this.assignments.end(clientId, ['ai', 'coach'], now);
    const assignment = await this.assignments.insert({
      ...{ planId, planSource: plan.source, planOwnerId: plan.ownerId },
      ...{ clientId, startDate, mode, createdAt: now },
    });
    const told = [me.userId, clientId, plan.name, plan.durationWeeks, startDate, now] as const;
    await this.events.publish(new ProgramAssigned(assignment.id, planId, ...told));
    return this.views.one(assignment, language);
  }
}
