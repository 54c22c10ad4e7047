import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { Refuses } from 'src/common/http/refuses';
import { LimitPerIp } from 'src/common/limits/request-limit.guard';
import { AuthResponse } from 'src/modules/auth/sign-in/auth.response';
import { RegisterDto } from './registration.dto';
import { RegistrationService } from './registration.service';

@ApiTags('Auth')
@Controller('auth')
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post('register')
  @Public()
  @LimitPerIp('register', 5, 60)
  @ApiOperation({ summary: 'Open an account' })
  @ApiCreatedResponse({ type: AuthResponse })
  @Refuses({ 409: ['email_already_exists', 'phone_already_exists'], 422: ['blocked_email_domain'] })
  async register(
    @Body() dto: RegisterDto,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<AuthResponse> {
    return AuthResponse.from(await this.registration.register(dto, acceptLanguage));
  }
}
