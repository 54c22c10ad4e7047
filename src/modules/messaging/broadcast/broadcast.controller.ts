import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { LimitPerUser } from 'src/common/limits/request-limit.guard';
import type { Settling } from 'src/common/transaction/settling';
import { BroadcastDto } from './broadcast.dto';
import { BroadcastResponse, EstimateResponse } from './broadcast.response';
import { BroadcastService } from './broadcast.service';
import { EstimateService } from './estimate.service';

@ApiTags('SMS')
@Controller('coaches/sms')
export class BroadcastController {
  constructor(
    private readonly broadcasts: BroadcastService,
    private readonly estimates: EstimateService,
  ) {}

  @Post('broadcast')
  @Roles('coach')
  @LimitPerUser('sms-broadcast', 10, 3_600)
  @Idempotent()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Write to many clients: one SMS each, ten times an hour, 200 SMS a day of UTC' })
  @ApiOkResponse({ type: BroadcastResponse })
  @Refuses({ 404: ['coach_profile_not_found', 'template_not_found'], 429: ['sms_quota_exceeded'] })
  async broadcast(@CurrentUser() me: Principal, @Body() dto: BroadcastDto): Promise<Settling<BroadcastResponse>> {
    return (await this.broadcasts.send(me, dto)).as((state) => BroadcastResponse.from(state));
  }

  @Post('estimate')
  @Roles('coach')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'What such a broadcast would take; nothing is sent' })
  @Refuses({ 404: ['coach_profile_not_found', 'template_not_found'], 429: ['sms_quota_exceeded'] })
  async estimate(@CurrentUser() me: Principal, @Body() dto: BroadcastDto): Promise<EstimateResponse> {
    return EstimateResponse.from(await this.estimates.estimate(me, dto));
  }
}
