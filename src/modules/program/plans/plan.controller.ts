import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { PlanCopyService } from './plan-copy.service';
import { PlanRetirementService } from './plan-retirement.service';
import { CreatePlanDto, DuplicatePlanDto, ListPlansQuery, UpdatePlanDto } from './plan.dto';
import { PlanPage, PlanResponse, PlanSummaryResponse } from './plan.response';
import { PlanService } from './plan.service';

@ApiTags('Programmes')
@Controller('coaches/programs')
@Roles('coach')
export class PlanController {
  constructor(
    private readonly plans: PlanService,
    private readonly copies: PlanCopyService,
    private readonly retirement: PlanRetirementService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The own plans, newest first' })
  async list(@CurrentUser() me: Principal, @Query() query: ListPlansQuery): Promise<PlanPage> {
    return pageOf(await this.plans.page(me, query), query, (plan) => PlanSummaryResponse.from(plan));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Write a plan' })
  @Refuses({ 404: ['exercise_not_found'] })
  async create(
    @CurrentUser() me: Principal,
    @Body() dto: CreatePlanDto,
    @CallerLanguage() language: Language,
  ): Promise<PlanResponse> {
    return PlanResponse.from(await this.plans.create(me, dto, language));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of the own plans, or a generated one of a client who shows all training' })
  @Refuses({ 404: ['plan_not_found'] })
  async get(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @CallerLanguage() language: Language,
  ): Promise<PlanResponse> {
    return PlanResponse.from(await this.plans.get(me, id, language));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change a plan; planned sessions are replaced, and who follows it is told' })
  @Refuses({ 404: ['plan_not_found', 'exercise_not_found'], 422: ['plan_archived'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdatePlanDto,
    @CallerLanguage() language: Language,
  ): Promise<PlanResponse> {
    return PlanResponse.from(await this.plans.update(me, id, dto, language));
  }

  @Delete(':id')
  @VariableStatus()
  @ApiOperation({ summary: 'Remove a plan; one that was ever assigned is archived' })
  @ApiNoContentResponse({ description: 'It was never assigned, and is gone' })
  @ApiOkResponse({ type: PlanResponse, description: 'It is archived' })
  @Refuses({ 404: ['plan_not_found'] })
  async remove(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @CallerLanguage() language: Language,
  ): Promise<Answer<PlanResponse | undefined>> {
    return PlanResponse.ofRemoved(await this.retirement.remove(me, id, language));
  }

  @Post(':id/archive')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Take a plan out of use; who follows it goes on' })
  @Refuses({ 404: ['plan_not_found'], 422: ['plan_already_archived'] })
  async archive(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @CallerLanguage() language: Language,
  ): Promise<PlanResponse> {
    return PlanResponse.from(await this.retirement.archive(me, id, language));
  }

  @Post(':id/duplicate')
  @Idempotent()
  @ApiOperation({ summary: 'Copy a plan, so that it can be changed' })
  @Refuses({ 404: ['plan_not_found'] })
  async duplicate(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: DuplicatePlanDto,
    @CallerLanguage() language: Language,
  ): Promise<PlanResponse> {
    return PlanResponse.from(await this.copies.duplicate(me, id, dto, language));
  }
}
