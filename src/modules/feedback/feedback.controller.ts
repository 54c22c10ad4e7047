import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { PageQuery, pageOf } from 'src/common/paging/page';
import { GiveFeedbackDto } from './feedback.dto';
import { FeedbackPage, FeedbackResponse } from './feedback.response';
import { FeedbackService } from './feedback.service';

@ApiTags('Feedback')
@Controller('feedback')
@Roles('client')
export class FeedbackController {
  constructor(private readonly feedback: FeedbackService) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Suggest something, or report what does not work' })
  async give(@CurrentUser() me: Principal, @Body() dto: GiveFeedbackDto): Promise<FeedbackResponse> {
    return FeedbackResponse.from(await this.feedback.give(me, dto));
  }

  @Get('mine')
  @ApiOperation({ summary: 'What the caller wrote, and what has become of it' })
  @ApiOkResponse({ type: FeedbackPage })
  async mine(@CurrentUser() me: Principal, @Query() query: PageQuery): Promise<FeedbackPage> {
    return pageOf(await this.feedback.mine(me, query), query, (row) => FeedbackResponse.from(row));
  }
}
