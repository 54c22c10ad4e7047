import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Acknowledges } from 'src/common/http/ack';
import { Refuses } from 'src/common/http/refuses';
import { LimitPerIp } from 'src/common/limits/request-limit.guard';
import { PasswordChangeService } from './password-change.service';
import { PasswordResetService } from './password-reset.service';
import { ChangePasswordDto, ForgotPasswordDto, ResetPasswordDto } from './password.dto';
import { ResetMailService } from './reset-mail.service';

@ApiTags('Auth')
@Controller('auth')
export class PasswordController {
  constructor(
    private readonly mails: ResetMailService,
    private readonly resets: PasswordResetService,
    private readonly changes: PasswordChangeService,
  ) {}

  @Post('forgot-password')
  @Public()
  @LimitPerIp('forgot-password', 5, 60)
  @Acknowledges('password_reset_sent', 202)
  @ApiOperation({ summary: 'Have a link mailed that leads to a new password' })
  async forgot(@Body() { email }: ForgotPasswordDto): Promise<void> {
    await this.mails.request(email);
  }

  @Post('reset-password')
  @Public()
  @Acknowledges('password_reset_done')
  @ApiOperation({ summary: 'Choose a new password by the link of the mail' })
  @Refuses({ 400: ['token_invalid', 'token_expired'] })
  async reset(@Body() dto: ResetPasswordDto): Promise<void> {
    await this.resets.reset(dto);
  }

  @Post('change-password')
  @Roles('client')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the password; every other device is signed out' })
  @Refuses({ 400: ['current_password_invalid'], 409: ['password_not_set'] })
  async change(@CurrentUser() me: Principal, @Body() dto: ChangePasswordDto): Promise<void> {
    await this.changes.change(me, dto);
  }
}
