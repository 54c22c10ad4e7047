import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import type { Outcome } from 'src/common/transaction/settling';
import { StravaActivityResponse } from './strava-activity.response';
import { StravaImportQuery } from './strava-import.dto';
import { StravaImportService } from './strava-import.service';
import { StravaPushResponse } from './strava-push.response';
import { StravaPushService } from './strava-push.service';

@ApiTags('Integrations')
@Controller('integrations/strava')
@Roles('client')
export class StravaController {
  constructor(
    private readonly pushes: StravaPushService,
    private readonly imports: StravaImportService,
  ) {}

  @Post('push/:session_id')
  @Idempotent()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Put one of the own sessions on Strava, once' })
  @ApiOkResponse({ type: StravaPushResponse })
  @Refuses({
    404: ['session_not_found'],
    409: ['already_pushed'],
    422: ['integration_not_connected'],
    502: ['provider_error'],
  })
  async push(
    @CurrentUser() me: Principal,
    @Param('session_id', IdPipe) sessionId: string,
  ): Promise<Outcome<StravaPushResponse>> {
    return (await this.pushes.push(me, sessionId)).as((push) => StravaPushResponse.from(push));
  }

  @Get('import')
  @ApiOperation({ summary: 'The latest activities on Strava; each that is not known becomes a session' })
  @Refuses({ 422: ['integration_not_connected'], 502: ['provider_error'] })
  async import(@CurrentUser() me: Principal, @Query() query: StravaImportQuery): Promise<StravaActivityResponse[]> {
    return (await this.imports.latest(me, query.limit)).map((imported) => StravaActivityResponse.from(imported));
  }
}
