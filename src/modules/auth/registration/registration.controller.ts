import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
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
  async register(
    @Body() dto: RegisterDto,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<AuthResponse> {
    return AuthResponse.from(await this.registration.register(dto, acceptLanguage));
  }
}
