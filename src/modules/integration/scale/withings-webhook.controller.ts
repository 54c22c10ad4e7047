import { Body, Controller, Head, HttpCode, HttpStatus, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { Refuses } from 'src/common/http/refuses';
import { Unlimited } from 'src/common/limits/request-limit.guard';
import { ScaleSyncService } from './scale-sync.service';
import { WithingsSecretGuard } from './withings-secret.guard';

@ApiTags('Webhooks')
@Controller('webhooks/withings/:secret')
@UseGuards(WithingsSecretGuard)
@Unlimited()
@ApiParam({ name: 'secret', type: String })
export class WithingsWebhookController {
  constructor(private readonly scales: ScaleSyncService) {}

  @Head()
  @Public()
  @ApiOperation({ summary: 'Withings asks whether this address is ours' })
  @ApiOkResponse()
  present(): Promise<void> {
    // Who knows the secret is answered; there is nothing to say.
    return Promise.resolve();
  }

  @Post()
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ schema: { type: 'object' } })
  @ApiOperation({ summary: 'Withings tells that a scale has measured' })
  @ApiOkResponse()
  @Refuses({ 404: ['not_found'] })
  async hear(@Param('secret') secret: string, @Body() form: unknown): Promise<void> {
    await this.scales.hear(form, secret);
  }
}
