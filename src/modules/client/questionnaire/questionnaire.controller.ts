import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { QuestionnaireDto } from './questionnaire.dto';
import { QuestionnaireResponse } from './questionnaire.response';
import { QuestionnaireService } from './questionnaire.service';

@ApiTags('Client profile')
@Controller('clients/questionnaire')
@Roles('client')
export class QuestionnaireController {
  constructor(private readonly questionnaires: QuestionnaireService) {}

  @Post()
  @VariableStatus()
  @Idempotent()
  @ApiOperation({ summary: 'Answer the questionnaire, or answer it anew' })
  @ApiCreatedResponse({ type: QuestionnaireResponse })
  @ApiOkResponse({ type: QuestionnaireResponse, description: 'It replaces an earlier one' })
  async save(@CurrentUser() me: Principal, @Body() dto: QuestionnaireDto): Promise<Answer<QuestionnaireResponse>> {
    return QuestionnaireResponse.ofSaved(await this.questionnaires.save(me, dto));
  }

  @Get()
  @ApiOperation({ summary: 'The own questionnaire' })
  @Refuses({ 404: ['questionnaire_not_found'] })
  async find(@CurrentUser() me: Principal): Promise<QuestionnaireResponse> {
    return QuestionnaireResponse.from(await this.questionnaires.get(me));
  }

  @Put()
  @ApiOperation({ summary: 'Change answers of the questionnaire' })
  @Refuses({ 404: ['questionnaire_not_found'] })
  async update(@CurrentUser() me: Principal, @Body() dto: QuestionnaireDto): Promise<QuestionnaireResponse> {
    return QuestionnaireResponse.from(await this.questionnaires.update(me, dto));
  }
}
