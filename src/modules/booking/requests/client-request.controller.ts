import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { SLOT_REFUSALS } from 'src/modules/booking/slot-refusals';
import { RequestCreationService } from './request-creation.service';
import { CreateRequestDto, ListOwnRequestsQuery } from './request.dto';
import { CoachingRequestPage, CoachingRequestResponse } from './request.response';
import { CoachingRequestService } from './request.service';
import { RequestWithdrawalService } from './request-withdrawal.service';

@ApiTags('Coaching requests')
@Controller('clients/coaching-requests')
@Roles('client')
export class ClientRequestController {
  constructor(
    private readonly creations: RequestCreationService,
    private readonly requests: CoachingRequestService,
    private readonly withdrawals: RequestWithdrawalService,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Ask a coach for a discovery session, with or without a start' })
  @Refuses(SLOT_REFUSALS, {
    409: ['request_already_pending', 'already_in_relation'],
    422: ['discovery_not_offered', 'cannot_request_self', 'coach_full'],
  })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateRequestDto): Promise<CoachingRequestResponse> {
    return CoachingRequestResponse.from(await this.creations.create(me, dto));
  }

  @Get()
  @ApiOperation({ summary: 'Own requests, newest first' })
  async list(@CurrentUser() me: Principal, @Query() query: ListOwnRequestsQuery): Promise<CoachingRequestPage> {
    return pageOf(await this.requests.made(me, query), query, (request) => CoachingRequestResponse.from(request));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take a request back, with its booking if it has one' })
  @Refuses({ 404: ['request_not_found'], 422: ['invalid_transition'] })
  async cancel(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<CoachingRequestResponse> {
    return CoachingRequestResponse.from(await this.withdrawals.cancel(me, id));
  }
}
