import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { pageOf } from 'src/common/paging/page';
import { FeedbackQuery, HandleFeedbackDto } from './feedback.dto';
import { HandledFeedbackPage, HandledFeedbackResponse } from './feedback.response';
import { FeedbackService } from './feedback.service';

@ApiTags('Administration')
@Controller('admin/feedback')
@Roles('admin')
export class AdminFeedbackController {
  constructor(private readonly feedback: FeedbackService) {}

  @Get()
  @ApiOperation({ summary: 'What people think of the product, newest first' })
  @ApiOkResponse({ type: HandledFeedbackPage })
  async list(@Query() query: FeedbackQuery): Promise<HandledFeedbackPage> {
    return pageOf(await this.feedback.page(query), query, (row) => HandledFeedbackResponse.from(row));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  @Refuses({ 404: ['feedback_not_found'] })
  async get(@Param('id', IdPipe) id: string): Promise<HandledFeedbackResponse> {
    return HandledFeedbackResponse.from(await this.feedback.get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Move it on, or note something among administrators' })
  @Refuses({ 404: ['feedback_not_found'] })
  async handle(@Param('id', IdPipe) id: string, @Body() dto: HandleFeedbackDto): Promise<HandledFeedbackResponse> {
    return HandledFeedbackResponse.from(await this.feedback.handle(id, dto));
  }
}
