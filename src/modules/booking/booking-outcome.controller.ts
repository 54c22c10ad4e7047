import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { WaivePenaltyDto } from './booking.dto';
import { BookingOutcomeService } from './booking-outcome.service';
import { BookingPenaltyService } from './booking-penalty.service';
import { BookingResponse } from './booking.response';

@ApiTags('Bookings')
@Controller('bookings')
@Roles('client')
export class BookingOutcomeController {
  constructor(
    private readonly outcomes: BookingOutcomeService,
    private readonly penalties: BookingPenaltyService,
  ) {}

  @Post(':id/done')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'The session took place' })
  @Refuses({ 403: ['forbidden'], 404: ['booking_not_found'], 422: ['invalid_transition', 'session_not_started'] })
  async done(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<BookingResponse> {
    return BookingResponse.from(await this.outcomes.complete(me, id));
  }

  @Post(':id/no-show')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'The client did not come; also on what the job made done, within 7 days' })
  @Refuses({ 403: ['forbidden'], 404: ['booking_not_found'], 422: ['invalid_transition', 'session_not_started'] })
  async noShow(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<BookingResponse> {
    return BookingResponse.from(await this.outcomes.miss(me, id));
  }

  @Post(':id/apply-penalty')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'A late cancellation or a no-show that the coach had to decide about counts' })
  @Refuses({ 403: ['forbidden'], 404: ['booking_not_found'], 422: ['no_penalty_to_apply'] })
  async applyPenalty(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<BookingResponse> {
    return BookingResponse.from(await this.penalties.apply(me, id));
  }

  @Post(':id/waive-penalty')
  @HttpCode(200)
  @ApiOperation({ summary: 'Nothing is due; what was taken comes back' })
  @Refuses({ 403: ['forbidden'], 404: ['booking_not_found'], 422: ['no_penalty_to_waive', 'already_waived'] })
  async waivePenalty(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: WaivePenaltyDto,
  ): Promise<BookingResponse> {
    return BookingResponse.from(await this.penalties.waive(me, id, dto.reason ?? null));
  }
}
