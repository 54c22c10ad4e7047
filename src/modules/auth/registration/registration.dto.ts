import { Transform } from 'class-transformer';
import { Country, EmailAddress, LocaleTag, Phone, Timezone } from 'src/common/http/domain-fields';
import { Flag, Nullable, Optional, Text } from 'src/common/http/fields';
import { BirthYear, ChosenRole, DeviceName, GenderField, PersonName } from 'src/modules/auth/accounts/account.fields';
import type { Gender } from 'src/modules/auth/entities/user.entity';
import { NewPassword, PasswordAgain } from 'src/modules/auth/passwords/password.fields';

const LONGEST_ENROLLMENT_TOKEN = 200;

export class RegisterDto {
  @PersonName()
  first_name: string;

  @PersonName()
  last_name: string;

  @EmailAddress()
  email: string;

  @NewPassword()
  password: string;

  @Optional()
  @PasswordAgain('password')
  confirm_password?: string;

  @ChosenRole()
  role: 'client' | 'coach';

  @Nullable()
  @Phone()
  phone?: string | null;

  @Nullable()
  @GenderField()
  gender?: Gender | null;

  @Nullable()
  @BirthYear()
  birth_year?: number | null;

  /** Without it the language of the request. */
  @Optional()
  @LocaleTag()
  locale?: string;

  @Optional()
  @Country()
  country?: string;

  @Optional()
  @Timezone()
  timezone?: string;

  @Nullable()
  @DeviceName()
  device_name?: string | null;

  /** A coach's link. Whatever is wrong with it, the registration stands. */
  @Optional()
  @Text({ max: LONGEST_ENROLLMENT_TOKEN })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.length <= LONGEST_ENROLLMENT_TOKEN ? value : undefined,
  )
  enrollment_token?: string;

  @Optional()
  @Flag()
  accept_terms?: boolean;
}
