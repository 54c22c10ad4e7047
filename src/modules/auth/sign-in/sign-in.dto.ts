import { EmailAddress } from 'src/common/http/domain-fields';
import { Nullable, Optional, Text } from 'src/common/http/fields';
import { ChosenRole, DeviceName } from 'src/modules/auth/accounts/account.fields';
import { CurrentPassword } from 'src/modules/auth/passwords/password.fields';

export class LoginDto {
  @EmailAddress()
  email: string;

  @CurrentPassword()
  password: string;

  @Nullable()
  @DeviceName()
  device_name?: string | null;
}

export class GoogleDto {
  @Text({ min: 1, max: 10_000 })
  id_token: string;

  @Nullable()
  @DeviceName()
  device_name?: string | null;

  /** Of a new account. */
  @Optional()
  @ChosenRole()
  role?: 'client' | 'coach';
}
