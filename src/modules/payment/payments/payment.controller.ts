import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { csvFile } from 'src/common/csv/csv-file';
import { Refuses } from 'src/common/http/refuses';
import { pageOf } from 'src/common/paging/page';
import { ExportPaymentsQuery, ListOwnPaymentsQuery } from './payment.dto';
import { PaymentExportService } from './payment-export.service';
import { PaymentPage, PaymentResponse } from './payment.response';
import { PaymentService } from './payment.service';

@ApiTags('Payments')
@Controller('payments')
export class PaymentController {
  constructor(
    private readonly payments: PaymentService,
    private readonly exports: PaymentExportService,
  ) {}

  @Get('me')
  @Roles('client')
  @ApiOperation({ summary: 'What the caller owes and has paid, newest first' })
  async own(@CurrentUser() me: Principal, @Query() query: ListOwnPaymentsQuery): Promise<PaymentPage> {
    return pageOf(await this.payments.own(me, query), query, (payment) => PaymentResponse.from(payment));
  }

  @Get('export')
  @Roles('coach')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({ summary: 'Payments of the own clients as a file for the accounts, oldest first' })
  @Refuses({ 404: ['client_not_found'] })
  async export(@CurrentUser() me: Principal, @Query() query: ExportPaymentsQuery): Promise<StreamableFile> {
    return csvFile('mycoach_payments.csv', await this.exports.table(me, query));
  }
}
