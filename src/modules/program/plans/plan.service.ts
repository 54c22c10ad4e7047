import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import { PlanAccess } from './plan-access.service';
import { PlanEditAnnouncer } from './plan-edit-announcer.service';
import { PlanRegister } from './plan-register.service';
import { PlanViewService } from './plan-view.service';
import { type CreatePlanDto, draftsIn, type ListPlansQuery, type UpdatePlanDto } from './plan.dto';
import { PlanRepository } from './plan.repository';
import type { PlanSummary, PlanView } from './plan.types';

/** What coaches plan for those they train (contract §4.21). */
@Injectable()
export class PlanService {
  constructor(
    private readonly plans: PlanRepository,
    private readonly access: PlanAccess,
    private readonly register: PlanRegister,
    private readonly views: PlanViewService,
    private readonly announcer: PlanEditAnnouncer,
  ) {}

  /** The own ones, newest first. */
  async page(me: Principal, query: ListPlansQuery): Promise<Rows<PlanSummary>> {
    return this.plans.page(me.userId, query.include_archived, query);
  }

  /** @throws PlanNotFound also for one that the caller does not see */
  async get(me: Principal, id: string, language: Language): Promise<PlanView> {
    return this.views.one(await this.access.visible(me, id), language);
  }

  /** @throws ExerciseNotFound */
  @Transactional()
  async create(me: Principal, dto: CreatePlanDto, language: Language): Promise<PlanView> {
    const written = { ...fieldsIn(dto), source: 'coach' as const, ownerId: me.userId, notes: [], seed: null };
    return this.views.one(await this.register.store(written, draftsIn(dto.planned_sessions)), language);
  }

  /**
   * Whoever follows it is told once. A request that names nothing changes nothing.
   *
   * @throws PlanNotFound, PlanArchived, ExerciseNotFound
   */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdatePlanDto, language: Language): Promise<PlanView> {
    const held = await this.access.holdEditable(me, id);
    if (Object.values(dto).every((value) => value === undefined)) return this.views.one(held, language);
    const week = dto.planned_sessions && draftsIn(dto.planned_sessions);
    const plan = await this.register.change({ ...held, ...changesIn(dto, held) }, week);
    await this.announcer.edited(plan);
    return this.views.one(plan, language);
  }
}

type Fields = Pick<Plan, 'name' | 'description' | 'durationWeeks' | 'level' | 'goal'>;

function fieldsIn(dto: CreatePlanDto): Fields {
  const { name, description, duration_weeks: durationWeeks, level, goal } = dto;
  return { name, description: description || null, durationWeeks, level, goal };
}

function changesIn(dto: UpdatePlanDto, plan: Plan): Fields {
  return {
    name: dto.name ?? plan.name,
    description: dto.description === undefined ? plan.description : dto.description || null,
    durationWeeks: dto.duration_weeks ?? plan.durationWeeks,
    level: dto.level ?? plan.level,
    goal: dto.goal ?? plan.goal,
  };
}
