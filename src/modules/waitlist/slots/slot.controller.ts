import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { ListSlotsQuery } from './slot.dto';
import { SlotListResponse } from './slot.response';
import { SlotQueueService } from './slot-queue.service';

@ApiTags('Slots')
@Controller('coaches')
@Roles('client')
export class SlotController {
  constructor(private readonly slots: SlotQueueService) {}

  @Get(':id/slots')
  @ApiOperation({
    summary: 'What can be booked with a coach, as the caller sees it, and how many wait for what cannot',
  })
  @Refuses({ 403: ['forbidden'], 404: ['coach_not_found'] })
  async list(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ListSlotsQuery,
  ): Promise<SlotListResponse> {
    return SlotListResponse.from(await this.slots.list(me, id, query));
  }
}
