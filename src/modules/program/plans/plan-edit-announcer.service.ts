import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AssignmentRepository } from 'src/modules/program/assignments/assignment.repository';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import { ProgramUpdated } from 'src/modules/program/program.events';
import { PlanNotFound } from './plan.errors';
import { PlanRepository } from './plan.repository';

export const ANNOUNCE_PLAN_EDIT = 'announce_plan_edit';
/** So few that no transaction is long. */
const PAGE = 50;

/** One change of a plan, as its job carries it. */
export interface PlanEdit {
  editId: string;
  planId: string;
  /** Who was given the plan later has it as it is: `position` of the last assignment before. */
  until: string;
  at: Date;
}

/** Tells of an edit after it, so that nobody waits for the plan while hundreds are told. */
@Injectable()
export class PlanEditAnnouncer {
  constructor(
    private readonly plans: PlanRepository,
    private readonly assignments: AssignmentRepository,
    private readonly jobs: JobQueue,
    private readonly events: EventBus,
  ) {}

  /** In the transaction of the edit, which holds the plan. Where nobody follows it there is nothing to tell. */
  async edited({ id: planId, updatedAt }: Plan): Promise<void> {
    const until = await this.assignments.lastFollowed(planId);
    if (until === null) return;
    await this.jobs.add(ANNOUNCE_PLAN_EDIT, { editId: randomUUID(), planId, until, at: updatedAt.getTime() });
  }

  /** Page after page, each in a transaction of its own. The same edit may be announced again: each is told once. */
  async announce(edit: PlanEdit): Promise<void> {
    let last: string | null = null;
    do last = await this.announcePage(edit, last);
    while (last !== null);
  }

  /** Answers the last one who was told; null after the last page. */
  @Transactional()
  private async announcePage({ editId, planId, until, at }: PlanEdit, after: string | null): Promise<string | null> {
    const { ownerId, name } = orThrow(await this.plans.find(planId), PlanNotFound);
    const clientIds = await this.assignments.followersOf(planId, until, after, PAGE);
    if (clientIds.length > 0)
      await this.events.publish(new ProgramUpdated(editId, planId, ownerId, clientIds, name, at));
    return clientIds.length < PAGE ? null : (clientIds.at(-1) ?? null);
  }
}
