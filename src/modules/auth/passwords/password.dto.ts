import { EmailAddress } from 'src/common/http/domain-fields';
import { Optional, Text } from 'src/common/http/fields';
import { CurrentPassword, NewPassword, PasswordAgain } from './password.fields';

export class ForgotPasswordDto {
  @EmailAddress()
  email: string;
}

export class ResetPasswordDto {
  @Text({ min: 1, max: 200 })
  token: string;

  @NewPassword()
  new_password: string;

  @Optional()
  @PasswordAgain('new_password')
  confirm_password?: string;
}

export class ChangePasswordDto {
  @CurrentPassword()
  current_password: string;

  @NewPassword()
  new_password: string;

  @Optional()
  @PasswordAgain('new_password')
  confirm_password?: string;
}
