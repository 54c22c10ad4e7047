import { applyDecorators } from '@nestjs/common';
import { SystemClock } from 'src/common/clock/clock';
import { Check, Choice, Text, Whole } from 'src/common/http/fields';
import { GENDERS } from 'src/modules/auth/entities/user.entity';
import { canBeName, NAME_LENGTH } from './account.rules';

const OLDEST_BIRTH_YEAR = 1900;
const LAST_YEAR = 2200;
// A validator has no container to ask, and a shifted clock of the sandbox makes nobody's birth later.
const realTime = new SystemClock();

export function PersonName(): PropertyDecorator {
  return applyDecorators(
    Text({ ...NAME_LENGTH, tooShort: 'name_too_short', tooLong: 'name_too_long' }),
    Check('invalid_format', (value) => typeof value !== 'string' || value === '' || canBeName(value)),
  );
}

/** Admins are made by a command only. */
export function ChosenRole(): PropertyDecorator {
  return Choice(['client', 'coach'], 'invalid_role');
}

export function GenderField(): PropertyDecorator {
  return Choice(GENDERS, 'invalid_gender');
}

export function BirthYear(): PropertyDecorator {
  const code = 'invalid_birth_year';
  return applyDecorators(
    Whole(OLDEST_BIRTH_YEAR, LAST_YEAR, { code }),
    Check(code, (value) => typeof value !== 'number' || value <= realTime.now().getUTCFullYear()),
  );
}

export function DeviceName(): PropertyDecorator {
  return Text({ max: 100 });
}
