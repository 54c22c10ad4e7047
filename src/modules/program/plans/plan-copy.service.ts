import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { PlanAccess } from './plan-access.service';
import { PlanRegister } from './plan-register.service';
import { PlanViewService } from './plan-view.service';
import type { DuplicatePlanDto } from './plan.dto';
import { copyName } from './plan.rules';
import type { PlanView, SessionDraft } from './plan.types';

/** Copying a plan, so that it can be changed (rules §14.4). */
@Injectable()
export class PlanCopyService {
  constructor(
    private readonly access: PlanAccess,
    private readonly register: PlanRegister,
    private readonly views: PlanViewService,
    private readonly translator: Translator,
  ) {}

  /**
   * The copy is a plan of the caller, in use, with the plan's own target weights; what was generated is written down in
   * the caller's language.
   *
   * @throws PlanNotFound also for one that the caller does not see
   */
  @Transactional()
  async duplicate(me: Principal, id: string, dto: DuplicatePlanDto, language: Language): Promise<PlanView> {
    const { description, durationWeeks, level, goal, ...view } = await this.views.one(
      await this.access.keepVisible(me, id),
      language,
    );
    const words = (name: string): string => this.translator.text(language, 'program.copy', { name });
    const plan = await this.register.store(
      {
        ...{ name: dto.name ?? copyName(view.name, words), description, durationWeeks, level, goal },
        ...{ source: 'coach', ownerId: me.userId, notes: [], seed: null },
      },
      draftsOf(view),
    );
    return this.views.one(plan, language);
  }
}

function draftsOf({ sessions }: Pick<PlanView, 'sessions'>): SessionDraft[] {
  return sessions.map(({ dayOfWeek, name, estimatedDurationMin, restSeconds, orderIndex, exercises }) => ({
    ...{ dayOfWeek, name, estimatedDurationMin, restSeconds, orderIndex },
    exercises: exercises.map((exercise) => ({
      exerciseTypeId: exercise.exerciseTypeId,
      targetSets: exercise.targetSets,
      targetReps: exercise.targetReps,
      targetWeightKg: exercise.targetWeightKg,
      orderIndex: exercise.orderIndex,
    })),
  }));
}
