import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { pageOf, PageQuery } from 'src/common/paging/page';
import { PlanAssignmentResponse } from 'src/modules/program/assignments/assignment.response';
import { AdjustmentPage, AdjustmentResponse } from './adjustment.response';
import { AdjustmentService } from './adjustment.service';

@ApiTags('Programmes')
@Controller('clients/program/adjustments')
@Roles('client')
export class AdjustmentController {
  constructor(private readonly adjustments: AdjustmentService) {}

  @Get()
  @ApiOperation({ summary: 'How the target weights of the caller’s programme were moved, newest first' })
  @Refuses({ 404: ['no_program'] })
  async list(
    @CurrentUser() me: Principal,
    @Query() query: PageQuery,
    @CallerLanguage() language: Language,
  ): Promise<AdjustmentPage> {
    return pageOf(await this.adjustments.page(me, query, language), query, (one) => AdjustmentResponse.from(one));
  }

  @Post(':id/refuse')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Put the former target weight back' })
  @Refuses({ 404: ['adjustment_not_found'], 422: ['invalid_transition'] })
  async refuse(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @CallerLanguage() language: Language,
  ): Promise<PlanAssignmentResponse> {
    return PlanAssignmentResponse.from(await this.adjustments.refuse(me, id, language));
  }
}
