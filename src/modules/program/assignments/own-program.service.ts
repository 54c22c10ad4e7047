import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDay } from 'src/common/clock/local-days';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import { QuestionnaireService } from 'src/modules/client/questionnaire/questionnaire.service';
import type { Wishes } from 'src/modules/program/generator/generator.types';
import { wishesOf } from 'src/modules/program/generator/wishes.rules';
import { PlanMaker } from 'src/modules/program/plans/plan-maker.service';
import { AssignmentViewService } from './assignment-view.service';
import type { GenerateDto, RecalibrateDto } from './assignment.dto';
import { NoProgram } from './assignment.errors';
import { AssignmentRepository } from './assignment.repository';
import { seedAfter } from './assignment.rules';
import type { AssignmentView } from './assignment.types';

/** What the caller trains by, and the plans that are generated for him (contract §4.21). */
@Injectable()
export class OwnProgramService {
  constructor(
    private readonly assignments: AssignmentRepository,
    private readonly maker: PlanMaker,
    private readonly questionnaires: QuestionnaireService,
    private readonly users: UserService,
    private readonly views: AssignmentViewService,
    private readonly clock: Clock,
  ) {}

  /** The newest plan of a coach, else the generated one. @throws NoProgram */
  async current(me: Principal, language: Language): Promise<AssignmentView> {
    const [current] = await this.assignments.active(me.userId);
    return this.views.one(orThrow(current, NoProgram), language);
  }

  /** It takes the place of the one that was generated before; plans of coaches stay. */
  @Transactional()
  async generate(me: Principal, dto: GenerateDto, language: Language): Promise<AssignmentView> {
    const wishes = await this.wishesOf(me, dto);
    await this.users.lock(me.userId);
    return this.follow(me, wishes, dto.seed, language);
  }

  /** Another plan than the last one, for what the questionnaire says now. */
  @Transactional()
  async recalibrate(me: Principal, dto: RecalibrateDto, language: Language): Promise<AssignmentView> {
    if (Object.values(dto).some((value) => value !== undefined)) await this.questionnaires.answer(me, dto);
    const wishes = await this.wishesOf(me, {});
    await this.users.lock(me.userId);
    return this.follow(me, wishes, seedAfter(await this.assignments.lastSeed(me.userId)), language);
  }

  private async wishesOf(
    me: Principal,
    said: Pick<GenerateDto, 'goal' | 'level' | 'frequency_per_week'>,
  ): Promise<Wishes> {
    const answers = await this.questionnaires.find(me.userId);
    return wishesOf({
      goal: said.goal ?? answers?.goal,
      level: said.level ?? answers?.level,
      frequency: said.frequency_per_week ?? answers?.frequencyPerWeek,
      durationMin: answers?.sessionDurationMin,
      equipment: answers?.equipment,
      targetZones: answers?.targetZones,
      injuryZones: answers?.injuryZones,
    });
  }

  private async follow(me: Principal, wishes: Wishes, seed: number, language: Language): Promise<AssignmentView> {
    const plan = await this.maker.make(me.userId, wishes, seed);
    const now = this.clock.now();
    await this.assignments.end(me.userId, ['ai'], now);
    const assignment = await this.assignments.insert({
      ...{ planId: plan.id, planSource: plan.source, planOwnerId: plan.ownerId, clientId: me.userId },
      ...{ startDate: localDay(now, me.timezone).toString(), mode: 'replace_ai', createdAt: now },
    });
    return this.views.one(assignment, language);
  }
}
