import { Body, Controller, Get, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { ChangePaymentDto, ListClientPaymentsQuery, RecordPaymentDto } from './payment.dto';
import { PaymentRecordingService } from './payment-recording.service';
import { answerOf, PaymentPage, PaymentResponse } from './payment.response';
import { PaymentService } from './payment.service';

@ApiTags('Payments')
@Controller('coaches/clients/:id/payments')
@Roles('coach')
export class ClientPaymentController {
  constructor(
    private readonly payments: PaymentService,
    private readonly recordings: PaymentRecordingService,
  ) {}

  @Post()
  @VariableStatus()
  @Idempotent()
  @ApiOperation({ summary: 'Record a payment, or settle the open one of a booking' })
  @ApiResponse({ status: HttpStatus.CREATED, type: PaymentResponse })
  @ApiResponse({ status: HttpStatus.OK, type: PaymentResponse, description: 'The open payment of that booking' })
  @Refuses({ 404: ['client_not_found', 'package_not_found', 'booking_not_found'], 422: ['currency_mismatch'] })
  async record(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: RecordPaymentDto,
  ): Promise<Answer<PaymentResponse>> {
    return answerOf(await this.recordings.record(me, id, dto));
  }

  @Put(':payment_id')
  @ApiOperation({ summary: 'Mark a payment as paid, cancel it, or correct what is noted with it' })
  @Refuses({ 404: ['client_not_found', 'payment_not_found'], 422: ['invalid_transition'] })
  async change(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Param('payment_id', IdPipe) paymentId: string,
    @Body() dto: ChangePaymentDto,
  ): Promise<PaymentResponse> {
    return PaymentResponse.from(await this.recordings.change(me, id, paymentId, dto));
  }

  @Get()
  @ApiOperation({ summary: 'Payments of a client, newest first' })
  @Refuses({ 404: ['client_not_found'] })
  async list(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ListClientPaymentsQuery,
  ): Promise<PaymentPage> {
    return pageOf(await this.payments.ofClient(me, id, query), query, (payment) => PaymentResponse.from(payment));
  }
}
