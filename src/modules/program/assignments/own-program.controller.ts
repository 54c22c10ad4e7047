import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { GenerateDto, RecalibrateDto } from './assignment.dto';
import { PlanAssignmentResponse } from './assignment.response';
import { OwnProgramService } from './own-program.service';

@ApiTags('Programmes')
@Controller('clients/program')
@Roles('client')
export class OwnProgramController {
  constructor(private readonly programs: OwnProgramService) {}

  @Get()
  @ApiOperation({ summary: 'What the caller trains by: a coach’s plan, else the generated one' })
  @Refuses({ 404: ['no_program'] })
  async current(@CurrentUser() me: Principal, @CallerLanguage() language: Language): Promise<PlanAssignmentResponse> {
    return PlanAssignmentResponse.from(await this.programs.current(me, language));
  }

  @Post('generate')
  @Idempotent()
  @ApiOperation({ summary: 'Generate a plan from the questionnaire, in the place of the last one' })
  async generate(
    @CurrentUser() me: Principal,
    @Body() dto: GenerateDto,
    @CallerLanguage() language: Language,
  ): Promise<PlanAssignmentResponse> {
    return PlanAssignmentResponse.from(await this.programs.generate(me, dto, language));
  }

  @Post('recalibrate')
  @HttpCode(HttpStatus.OK)
  @Idempotent()
  @ApiOperation({ summary: 'Change answers of the questionnaire and generate another plan' })
  async recalibrate(
    @CurrentUser() me: Principal,
    @Body() dto: RecalibrateDto,
    @CallerLanguage() language: Language,
  ): Promise<PlanAssignmentResponse> {
    return PlanAssignmentResponse.from(await this.programs.recalibrate(me, dto, language));
  }
}
