import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import { AssignmentViewService } from 'src/modules/program/assignments/assignment-view.service';
import { NoProgram } from 'src/modules/program/assignments/assignment.errors';
import { AssignmentRepository } from 'src/modules/program/assignments/assignment.repository';
import type { AssignmentView } from 'src/modules/program/assignments/assignment.types';
import { AdjustmentNotFound, InvalidTransition } from './adjustment.errors';
import { AdjustmentRepository } from './adjustment.repository';
import { AdjustmentViewService } from './adjustment-view.service';
import { isRefusable } from './progression.rules';
import type { AdjustmentView } from './progression.types';

/** How the caller's target weights were moved, and what he thinks of it (contract §4.30). */
@Injectable()
export class AdjustmentService {
  constructor(
    private readonly adjustments: AdjustmentRepository,
    private readonly assignments: AssignmentRepository,
    private readonly views: AdjustmentViewService,
    private readonly programs: AssignmentViewService,
    private readonly users: UserService,
    private readonly clock: Clock,
  ) {}

  /** Those of the current programme, newest first. @throws NoProgram */
  async page(me: Principal, query: PageQuery, language: Language): Promise<Rows<AdjustmentView>> {
    const [current] = await this.assignments.active(me.userId);
    const { rows, total } = await this.adjustments.page(orThrow(current, NoProgram).id, query);
    return { rows: await this.views.many(me, rows, language), total };
  }

  /**
   * Puts the former target back. What was trained until now is not looked at again, so it does not move the target a
   * second time.
   *
   * @throws AdjustmentNotFound
   * @throws InvalidTransition when it does not hold any more
   */
  @Transactional()
  async refuse(me: Principal, id: string, language: Language): Promise<AssignmentView> {
    await this.users.lock(me.userId);
    const adjustment = orThrow(await this.adjustments.find(me.userId, id), AdjustmentNotFound);
    if (!isRefusable(adjustment)) throw new InvalidTransition();
    await this.adjustments.refuse(id, this.clock.now());
    const assignment = orThrow(await this.assignments.find(adjustment.assignmentId), NoProgram);
    return this.programs.one(assignment, language);
  }
}
