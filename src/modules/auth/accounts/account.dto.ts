import { Country, EmailAddress, LocaleTag, Phone, Timezone } from 'src/common/http/domain-fields';
import { Nullable, Optional } from 'src/common/http/fields';
import type { Gender } from 'src/modules/auth/entities/user.entity';
import { BirthYear, ChosenRole, GenderField, PersonName } from './account.fields';

export class UpdateAccountDto {
  @Optional()
  @PersonName()
  first_name?: string;

  @Optional()
  @PersonName()
  last_name?: string;

  @Nullable()
  @GenderField()
  gender?: Gender | null;

  @Nullable()
  @BirthYear()
  birth_year?: number | null;

  /** A change clears its verification. */
  @Nullable()
  @Phone()
  phone?: string | null;

  @Optional()
  @LocaleTag()
  locale?: string;

  @Optional()
  @Timezone()
  timezone?: string;

  @Optional()
  @Country()
  country?: string;

  /** Waits until its link is followed. */
  @Optional()
  @EmailAddress()
  email?: string;

  /** Once, on a Google account without a profile. */
  @Optional()
  @ChosenRole()
  role?: 'client' | 'coach';
}
