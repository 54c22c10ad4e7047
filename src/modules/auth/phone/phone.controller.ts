import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { CodeRequestService } from './code-request.service';
import { PhoneVerificationService } from './phone-verification.service';
import { ConfirmCodeDto, RequestCodeDto } from './phone.dto';
import { PhoneVerifiedResponse } from './phone.response';

@ApiTags('Auth')
@Controller('auth/verify-phone')
export class PhoneController {
  constructor(
    private readonly requests: CodeRequestService,
    private readonly verification: PhoneVerificationService,
  ) {}

  @Post('request')
  @Roles('client')
  @HttpCode(204)
  @ApiOperation({ summary: 'Have a code sent to my phone' })
  @Refuses({
    400: ['phone_missing', 'phone_already_verified'],
    409: ['phone_already_exists'],
    429: ['otp_rate_limited'],
  })
  async request(@CurrentUser() me: Principal, @Body() { phone }: RequestCodeDto): Promise<void> {
    await this.requests.request(me, phone);
  }

  @Post('confirm')
  @Roles('client')
  @HttpCode(200)
  @ApiOperation({ summary: 'Prove my phone by the code' })
  @Refuses({ 400: ['invalid_otp', 'otp_expired'], 429: ['otp_max_attempts'] })
  async confirm(@CurrentUser() me: Principal, @Body() { code }: ConfirmCodeDto): Promise<PhoneVerifiedResponse> {
    return PhoneVerifiedResponse.from(await this.verification.confirm(me, code));
  }
}
