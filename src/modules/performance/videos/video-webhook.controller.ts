import { Body, Controller, Headers, HttpCode, HttpStatus, Post, UseGuards } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { Refuses } from 'src/common/http/refuses';
import { Unlimited } from 'src/common/limits/request-limit.guard';
import { VideoEventService } from './video-event.service';
import { VideoSignatureGuard } from './video-signature.guard';

@ApiTags('Webhooks')
@Controller('webhooks/videos')
@UseGuards(VideoSignatureGuard)
@Unlimited()
export class VideoWebhookController {
  constructor(private readonly events: VideoEventService) {}

  @Post()
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'The provider of videos tells that one is finished' })
  @ApiBody({ schema: { type: 'object' } })
  @ApiNoContentResponse()
  @Refuses({ 401: ['webhook_signature_invalid'] })
  async hear(@Headers('webhook-id') eventId: string, @Body() event: unknown): Promise<void> {
    await this.events.hear(eventId, event);
  }
}
