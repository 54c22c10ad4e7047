import { applyDecorators, Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { SafeHead } from 'src/common/http/safe-head';
import { RedirectQuery } from './authorization.dto';
import { AuthorizationResponse, ConnectedResponse } from './authorization.response';
import { AuthorizationService } from './authorization.service';
import type { ConnectableProvider } from './authorization.types';
import { ConsentService } from './consent.service';
import { SendsBrowsersOn } from './sent-on.filter';

/** Where providers send people back to. No key comes with that: the state says who it is. */
const Callback = (provider: ConnectableProvider, name: string): MethodDecorator =>
  applyDecorators(
    Public(),
    SafeHead(),
    SendsBrowsersOn(provider),
    ApiOkResponse({ type: ConnectedResponse }),
    ApiOperation({ summary: `${name} sends back who was asked to consent` }),
  );

@ApiTags('Integrations')
@Controller('integrations')
export class AuthorizationController {
  constructor(
    private readonly authorizations: AuthorizationService,
    private readonly consents: ConsentService,
  ) {}

  @Get('strava')
  @Roles('client')
  @ApiOperation({ summary: 'The way to connect Strava' })
  @Refuses({ 503: ['integration_not_configured'] })
  async strava(@CurrentUser() me: Principal): Promise<AuthorizationResponse> {
    return AuthorizationResponse.from(await this.authorizations.begin(me, 'strava'));
  }

  @Get('calendar')
  @Roles('client')
  @ApiOperation({ summary: 'The way to connect Google Calendar' })
  @Refuses({ 503: ['integration_not_configured'] })
  async calendar(@CurrentUser() me: Principal): Promise<AuthorizationResponse> {
    return AuthorizationResponse.from(await this.authorizations.begin(me, 'google_calendar'));
  }

  @Get('scale')
  @Roles('client')
  @ApiOperation({ summary: 'The way to connect a scale of Withings' })
  @Refuses({ 503: ['integration_not_configured'] })
  async scale(@CurrentUser() me: Principal): Promise<AuthorizationResponse> {
    return AuthorizationResponse.from(await this.authorizations.begin(me, 'withings'));
  }

  @Get('strava/callback')
  @Callback('strava', 'Strava')
  @Refuses({ 400: ['invalid_state', 'oauth_denied'], 502: ['provider_error'] })
  async fromStrava(
    @CurrentUser() me: Principal | undefined,
    @Query() query: RedirectQuery,
  ): Promise<ConnectedResponse> {
    return ConnectedResponse.from(await this.consents.complete(me ?? null, 'strava', query));
  }

  @Get('calendar/callback')
  @Callback('google_calendar', 'Google')
  @Refuses({ 400: ['invalid_state', 'oauth_denied'], 502: ['provider_error'] })
  async fromGoogle(
    @CurrentUser() me: Principal | undefined,
    @Query() query: RedirectQuery,
  ): Promise<ConnectedResponse> {
    return ConnectedResponse.from(await this.consents.complete(me ?? null, 'google_calendar', query));
  }

  @Get('scale/callback')
  @Callback('withings', 'Withings')
  @Refuses({ 400: ['invalid_state', 'oauth_denied'], 502: ['provider_error'] })
  async fromWithings(
    @CurrentUser() me: Principal | undefined,
    @Query() query: RedirectQuery,
  ): Promise<ConnectedResponse> {
    return ConnectedResponse.from(await this.consents.complete(me ?? null, 'withings', query));
  }
}
