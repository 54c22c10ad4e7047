import { Body, Controller, Header, HttpCode, HttpStatus, Post, Query, UseGuards } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { Refuses } from 'src/common/http/refuses';
import { Unlimited } from 'src/common/limits/request-limit.guard';
import { SmsReportService } from './sms-report.service';
import { TwilioInboundDto, TwilioStatusDto, TwilioStatusQuery } from './twilio.dto';
import { TwilioSignatureGuard } from './twilio-signature.guard';

@ApiTags('Webhooks')
@ApiConsumes('application/x-www-form-urlencoded')
@Controller('webhooks/twilio')
@UseGuards(TwilioSignatureGuard)
@Unlimited()
export class TwilioWebhookController {
  constructor(private readonly reports: SmsReportService) {}

  @Post('status')
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Twilio tells what became of an SMS' })
  @Refuses({ 401: ['webhook_signature_invalid'] })
  async status(@Body() event: TwilioStatusDto, @Query() { sms }: TwilioStatusQuery): Promise<void> {
    await this.reports.status(event, sms);
  }

  @Post('inbound')
  @Public()
  @HttpCode(HttpStatus.OK)
  @Header('Content-Type', 'text/xml; charset=utf-8')
  @ApiProduces('text/xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiOperation({ summary: 'Somebody has answered an SMS: STOP and START switch his number off and on' })
  @Refuses({ 401: ['webhook_signature_invalid'] })
  async inbound(@Body() message: TwilioInboundDto): Promise<string> {
    return this.reports.inbound(message);
  }
}
