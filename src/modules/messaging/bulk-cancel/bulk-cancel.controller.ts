import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import type { Settling } from 'src/common/transaction/settling';
import { BulkCancelDto } from './bulk-cancel.dto';
import { BulkCancelResponse } from './bulk-cancel.response';
import { BulkCancelService } from './bulk-cancel.service';

@ApiTags('Bookings')
@Controller('coaches/bookings')
export class BulkCancelController {
  constructor(private readonly cancellations: BulkCancelService) {}

  @Post('bulk-cancel')
  @Roles('coach')
  @Idempotent()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Cancel many of the own sessions, all or none, and tell their clients' })
  @ApiOkResponse({ type: BulkCancelResponse })
  @Refuses({ 404: ['booking_not_owned', 'template_not_found'] })
  async cancel(@CurrentUser() me: Principal, @Body() dto: BulkCancelDto): Promise<Settling<BulkCancelResponse>> {
    return (await this.cancellations.cancel(me, dto)).as((state) => BulkCancelResponse.from(state));
  }
}
