import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDefined, IsString } from 'class-validator';
import { Check } from 'src/common/http/fields';
import { isCommonPassword } from './common-passwords';
import { hasDigit, hasUppercase, normalPassword, PASSWORD_MAX, PASSWORD_MIN, passwordLength } from './password.rules';

const normalised = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalPassword(value) : value));

const rule = (code: string, holds: (password: string) => boolean): PropertyDecorator =>
  Check(code, (value) => typeof value !== 'string' || holds(value));

/** A password to be chosen: every broken rule is named. */
export function NewPassword(): PropertyDecorator {
  return applyDecorators(
    normalised(),
    IsDefined({ message: 'required' }),
    IsString({ message: 'invalid_type' }),
    // Half of a surrogate pair has no bytes of its own: passwords that differ there would be one.
    rule('invalid_format', (value) => !/\p{Surrogate}/u.test(value)),
    rule('password_too_short', (value) => passwordLength(value) >= PASSWORD_MIN),
    rule('password_too_long', (value) => passwordLength(value) <= PASSWORD_MAX),
    rule('password_needs_uppercase', hasUppercase),
    rule('password_needs_digit', hasDigit),
    rule('password_too_common', (value) => !isCommonPassword(value)),
    ApiProperty({
      type: String,
      format: 'password',
      minLength: PASSWORD_MIN,
      maxLength: PASSWORD_MAX,
      description: 'At least one upper-case letter and one digit',
    }),
  );
}

/** The password typed a second time: equal to the field `other`, when sent. */
export function PasswordAgain(other: string): PropertyDecorator {
  return applyDecorators(
    normalised(),
    IsString({ message: 'invalid_type' }),
    Check('passwords_do_not_match', (value, whole) => value === (whole as Record<string, unknown>)[other]),
    ApiProperty({ type: String, format: 'password', required: false }),
  );
}

/** A password that exists already. Nothing is said about its form: it is right or wrong. */
export function CurrentPassword(): PropertyDecorator {
  return applyDecorators(
    normalised(),
    IsDefined({ message: 'required' }),
    IsString({ message: 'invalid_type' }),
    ApiProperty({ type: String, format: 'password' }),
  );
}
