import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { AssignPlanDto } from './assignment.dto';
import { PlanAssignmentResponse } from './assignment.response';
import { AssignmentService } from './assignment.service';

@ApiTags('Programmes')
@Controller('coaches/programs/:id/assign')
@Roles('coach')
export class AssignmentController {
  constructor(private readonly assignments: AssignmentService) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Give a plan to a client, who is told' })
  @Refuses({ 403: ['no_coaching_relation'], 404: ['plan_not_found', 'client_not_found'], 422: ['plan_archived'] })
  async assign(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: AssignPlanDto,
    @CallerLanguage() language: Language,
  ): Promise<PlanAssignmentResponse> {
    return PlanAssignmentResponse.from(await this.assignments.assign(me, id, dto, language));
  }
}
