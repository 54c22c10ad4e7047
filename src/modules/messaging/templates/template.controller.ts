import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { ArrayBody } from 'src/common/http/array-body.pipe';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreateTemplateDto, PreviewTemplateDto, TemplatePositionDto, UpdateTemplateDto } from './template.dto';
import { TemplatePreviewService } from './template-preview.service';
import { TemplatePreviewResponse, TemplateResponse } from './template.response';
import { MAX_TEMPLATES } from './template.rules';
import { TemplateService } from './template.service';

@ApiTags('Message templates')
@Controller('coaches/cancellation-templates')
export class TemplateController {
  constructor(
    private readonly templates: TemplateService,
    private readonly previews: TemplatePreviewService,
  ) {}

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own templates, by position; never empty' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async list(@CurrentUser() me: Principal): Promise<TemplateResponse[]> {
    return (await this.templates.list(me)).map((template) => TemplateResponse.from(template));
  }

  @Post()
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Add a template in last position, at most five' })
  @Refuses({ 404: ['coach_profile_not_found'], 422: ['max_templates_reached'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateTemplateDto): Promise<TemplateResponse> {
    return TemplateResponse.from(await this.templates.create(me, dto));
  }

  @Post('reorder')
  @Roles('coach')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Give several templates their positions at once; the others stay in order around them' })
  @ApiBody({ type: [TemplatePositionDto] })
  @Refuses({ 404: ['coach_profile_not_found', 'template_not_found'] })
  async reorder(
    @CurrentUser() me: Principal,
    @ArrayBody(TemplatePositionDto, MAX_TEMPLATES) wishes: TemplatePositionDto[],
  ): Promise<TemplateResponse[]> {
    return (await this.templates.reorder(me, wishes)).map((template) => TemplateResponse.from(template));
  }

  @Put(':id')
  @Roles('coach')
  @ApiOperation({ summary: 'Change a template; a position is a swap with the one that has it' })
  @Refuses({ 404: ['coach_profile_not_found', 'template_not_found'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdateTemplateDto,
  ): Promise<TemplateResponse> {
    return TemplateResponse.from(await this.templates.update(me, id, dto));
  }

  @Delete(':id')
  @Roles('coach')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a template; the positions close up, and one must remain' })
  @Refuses({ 404: ['coach_profile_not_found', 'template_not_found'], 422: ['last_template'] })
  async delete(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.templates.delete(me, id);
  }

  @Post(':id/preview')
  @Roles('coach')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'A template as the client of a booking would read it' })
  @Refuses({ 404: ['coach_profile_not_found', 'template_not_found', 'booking_not_found'] })
  async preview(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: PreviewTemplateDto,
  ): Promise<TemplatePreviewResponse> {
    return TemplatePreviewResponse.from(await this.previews.preview(me, id, dto));
  }
}
