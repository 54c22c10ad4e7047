import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { type Page, PageQuery, pageOf } from 'src/common/paging/page';
import { RejectMachineDto, ValidateMachineDto } from './machine.dto';
import { MachinePage, MachineResponse } from './machine.response';
import { MachineReviewService } from './machine-review.service';

@ApiTags('Administration')
@Controller('admin/machines')
@Roles('admin')
export class MachineReviewController {
  constructor(private readonly reviews: MachineReviewService) {}

  @Get('pending')
  @ApiOperation({ summary: 'Machines that await a review, oldest first' })
  @ApiOkResponse({ type: MachinePage })
  async pending(
    @CurrentUser() me: Principal,
    @Query() query: PageQuery,
    @CallerLanguage() language: Language,
  ): Promise<Page<MachineResponse>> {
    return pageOf(await this.reviews.pending(query, language), query, (view) => MachineResponse.from(view, me));
  }

  @Post(':id/validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a machine, with corrections' })
  @ApiOkResponse({ type: MachineResponse })
  @Refuses({ 404: ['machine_not_found', 'exercise_not_found'], 409: ['qr_code_exists'], 422: ['already_validated'] })
  async validate(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: ValidateMachineDto,
    @CallerLanguage() language: Language,
  ): Promise<MachineResponse> {
    return MachineResponse.from(await this.reviews.validate(id, dto, language), me);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse a machine, with a reason for who described it' })
  @ApiOkResponse({ type: MachineResponse })
  @Refuses({ 404: ['machine_not_found'], 422: ['already_validated'] })
  async reject(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: RejectMachineDto,
    @CallerLanguage() language: Language,
  ): Promise<MachineResponse> {
    return MachineResponse.from(await this.reviews.reject(id, dto, language), me);
  }
}
