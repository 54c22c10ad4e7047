import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { SLOT_REFUSALS } from 'src/modules/booking/slot-refusals';
import { RequestAnswerService } from './request-answer.service';
import { AcceptRequestDto, ListReceivedRequestsQuery, RejectRequestDto } from './request.dto';
import { CoachingRequestPage, CoachingRequestResponse } from './request.response';
import { CoachingRequestService } from './request.service';

@ApiTags('Coaching requests')
@Controller('coaches/coaching-requests')
@Roles('coach')
export class CoachRequestController {
  constructor(
    private readonly requests: CoachingRequestService,
    private readonly answers: RequestAnswerService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Requests received, newest first; without a status those that wait' })
  async list(@CurrentUser() me: Principal, @Query() query: ListReceivedRequestsQuery): Promise<CoachingRequestPage> {
    return pageOf(await this.requests.received(me, query), query, (request) => CoachingRequestResponse.from(request));
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'The coach says yes; with a start it is a confirmed discovery session' })
  @Refuses(SLOT_REFUSALS, { 404: ['request_not_found'], 422: ['invalid_transition'] })
  async accept(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: AcceptRequestDto,
  ): Promise<CoachingRequestResponse> {
    return CoachingRequestResponse.from(await this.answers.accept(me, id, dto));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'The coach says no; a seat that was held is free again' })
  @Refuses({ 404: ['request_not_found'], 422: ['invalid_transition'] })
  async reject(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: RejectRequestDto,
  ): Promise<CoachingRequestResponse> {
    return CoachingRequestResponse.from(await this.answers.reject(me, id, dto));
  }
}
