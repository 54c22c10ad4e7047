import { Body, Controller, Get, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, OpenToClosedAccounts, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { LimitPerIp } from 'src/common/limits/request-limit.guard';
import { GoogleSignInService } from 'src/modules/auth/google/google-sign-in.service';
import { AuthResponse, MeResponse } from './auth.response';
import { LoginService } from './login.service';
import { SessionService } from './session.service';
import { GoogleDto, LoginDto } from './sign-in.dto';

@ApiTags('Auth')
@Controller('auth')
export class SignInController {
  constructor(
    private readonly logins: LoginService,
    private readonly google: GoogleSignInService,
    private readonly sessions: SessionService,
  ) {}

  @Post('login')
  @Public()
  @LimitPerIp('login', 10, 60)
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with address and password' })
  @ApiOkResponse({ type: AuthResponse })
  @Refuses({
    401: ['invalid_credentials'],
    403: ['email_not_verified', 'account_suspended'],
    429: ['too_many_attempts'],
  })
  async login(@Body() dto: LoginDto): Promise<AuthResponse> {
    return AuthResponse.from(await this.logins.login(dto));
  }

  @Post('google')
  @Public()
  @LimitPerIp('google', 10, 60)
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with Google, for the first time or again' })
  @ApiOkResponse({ type: AuthResponse })
  @Refuses({ 401: ['google_token_invalid'], 403: ['account_suspended'], 422: ['blocked_email_domain'] })
  async signInWithGoogle(
    @Body() dto: GoogleDto,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<AuthResponse> {
    return AuthResponse.from(await this.google.signIn(dto, acceptLanguage));
  }

  @Get('me')
  @Roles('client')
  @OpenToClosedAccounts()
  @ApiOperation({ summary: 'Who is signed in, and with which device' })
  @ApiOkResponse({ type: MeResponse })
  async me(@CurrentUser() me: Principal): Promise<MeResponse> {
    return MeResponse.from(await this.sessions.find(me));
  }
}
