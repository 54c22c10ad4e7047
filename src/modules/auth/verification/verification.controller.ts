import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Acknowledges } from 'src/common/http/ack';
import { Refuses } from 'src/common/http/refuses';
import { SafeHead } from 'src/common/http/safe-head';
import { EmailVerificationService } from './email-verification.service';
import { VerificationMailService } from './verification-mail.service';
import { PageForBrowsers } from './verification-page.filter';
import { VerificationMailDto, VerifyEmailQuery } from './verification.dto';

@ApiTags('Auth')
@Controller('auth')
export class VerificationController {
  constructor(
    private readonly verification: EmailVerificationService,
    private readonly mails: VerificationMailService,
  ) {}

  @Get('verify-email')
  @Public()
  @SafeHead()
  @Acknowledges('email_verified')
  @PageForBrowsers()
  @ApiOperation({ summary: 'Prove an address by the link of its mail' })
  @Refuses({ 400: ['token_invalid', 'token_expired'], 409: ['email_already_exists'] })
  async verify(@Query() { token }: VerifyEmailQuery): Promise<void> {
    await this.verification.verify(token);
  }

  @Post('verify-email/request')
  @Public()
  @Acknowledges('verification_email_sent', 202)
  @ApiOperation({ summary: 'Have the verification mail sent again' })
  @Refuses({ 409: ['email_already_verified'] })
  async request(@CurrentUser() me: Principal | undefined, @Body() { email }: VerificationMailDto): Promise<void> {
    await this.mails.request(me, email);
  }
}
