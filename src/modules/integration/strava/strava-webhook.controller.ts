import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { Refuses } from 'src/common/http/refuses';
import { StravaHandshakeQuery, StravaHandshakeResponse } from './strava-webhook.dto';
import { StravaWebhookService } from './strava-webhook.service';

/** Nothing that comes here is signed, so it is limited as every other public route. */
@ApiTags('Webhooks')
@Controller('webhooks/strava')
@Public()
export class StravaWebhookController {
  constructor(private readonly webhook: StravaWebhookService) {}

  @Get()
  @ApiOperation({ summary: 'Strava asks whether this address is ours' })
  @Refuses({ 401: ['webhook_signature_invalid'] })
  greet(@Query() query: StravaHandshakeQuery): StravaHandshakeResponse {
    return this.webhook.greet(query);
  }

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Strava tells of an activity, or that somebody took our access away' })
  @ApiBody({ schema: { type: 'object' } })
  @ApiOkResponse()
  @Refuses({ 401: ['webhook_signature_invalid'] })
  async hear(@Body() event: unknown): Promise<void> {
    await this.webhook.hear(event);
  }
}
