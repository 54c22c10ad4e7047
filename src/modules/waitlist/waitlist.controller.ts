import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { ArrayBody } from 'src/common/http/array-body.pipe';
import { IdPipe } from 'src/common/http/id.pipe';
import { InstantPipe } from 'src/common/http/instant.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { ListQueueQuery, ListWaitlistQuery, MAX_WISHES, WishedPlaceDto } from './waitlist.dto';
import { WaitlistConfirmationService } from './waitlist-confirmation.service';
import { WaitlistConfirmationResponse, WaitlistEntryPage, WaitlistEntryResponse } from './waitlist.response';
import { WaitlistService } from './waitlist.service';

@ApiTags('Waitlist')
@Controller('waitlist')
export class WaitlistController {
  constructor(
    private readonly waitlist: WaitlistService,
    private readonly confirmations: WaitlistConfirmationService,
  ) {}

  @Get()
  @Roles('client')
  @ApiOperation({ summary: 'What the caller waits for' })
  async own(@CurrentUser() me: Principal, @Query() query: ListWaitlistQuery): Promise<WaitlistEntryPage> {
    return pageOf(await this.waitlist.own(me, query), query, (entry) => WaitlistEntryResponse.from(entry));
  }

  @Post(':id/confirm')
  @Roles('client')
  @HttpCode(HttpStatus.OK)
  @Idempotent()
  @ApiOperation({ summary: 'Take the place that was offered: the session is confirmed at once' })
  @Refuses({
    402: ['no_credits_available'],
    404: ['waitlist_entry_not_found'],
    409: ['client_busy', 'slot_unavailable'],
    422: ['not_notified', 'confirmation_window_expired'],
  })
  async confirm(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<WaitlistConfirmationResponse> {
    return WaitlistConfirmationResponse.from(await this.confirmations.confirm(me, id));
  }

  @Post(':coach_id/:slot_datetime')
  @Roles('client')
  @Idempotent()
  @ApiOperation({ summary: 'Wait for a place of a full slot' })
  @Refuses({
    404: ['coach_not_found'],
    409: ['already_in_waitlist', 'already_booked'],
    422: ['slot_not_full', 'slot_in_past', 'slot_outside_availability', 'coach_on_time_off', 'cannot_book_self'],
  })
  async join(
    @CurrentUser() me: Principal,
    @Param('coach_id', IdPipe) coachId: string,
    @Param('slot_datetime', InstantPipe) startsAt: Date,
  ): Promise<WaitlistEntryResponse> {
    return WaitlistEntryResponse.from(await this.waitlist.join(me, coachId, startsAt));
  }

  @Get(':coach_id/:slot_datetime')
  @Roles('coach')
  @ApiOperation({ summary: 'Who waits for a slot, and what became of those who did, for its coach' })
  @Refuses({ 404: ['coach_not_found'] })
  async queue(
    @CurrentUser() me: Principal,
    @Param('coach_id', IdPipe) coachId: string,
    @Param('slot_datetime', InstantPipe) startsAt: Date,
    @Query() query: ListQueueQuery,
  ): Promise<WaitlistEntryPage> {
    return pageOf(await this.waitlist.queue(me, { coachId, startsAt }, query), query, (entry) =>
      WaitlistEntryResponse.from(entry),
    );
  }

  @Put(':coach_id/:slot_datetime/reorder')
  @Roles('coach')
  @ApiBody({ type: [WishedPlaceDto] })
  @ApiOperation({ summary: 'Say who comes first; offers stay in front, those not named follow' })
  @Refuses({ 404: ['coach_not_found', 'waitlist_entry_not_found'] })
  async reorder(
    @CurrentUser() me: Principal,
    @Param('coach_id', IdPipe) coachId: string,
    @Param('slot_datetime', InstantPipe) startsAt: Date,
    @ArrayBody(WishedPlaceDto, MAX_WISHES, 1) wishes: WishedPlaceDto[],
  ): Promise<WaitlistEntryResponse[]> {
    return (await this.waitlist.reorder(me, { coachId, startsAt }, wishes)).map((entry) =>
      WaitlistEntryResponse.from(entry),
    );
  }

  @Delete(':id')
  @Roles('client')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Leave a queue, or, as its coach, take somebody out of it' })
  @Refuses({ 404: ['waitlist_entry_not_found'] })
  async remove(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.waitlist.remove(me, id);
  }
}
