import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, ValidateIf, ValidateNested } from 'class-validator';
import { Check, Optional } from 'src/common/http/fields';
import { isRecord } from 'src/common/json/record';
import { NOTIFICATION_TYPES } from 'src/modules/notification/type-names';
import type { Wish } from './preference.rules';

/** On or off. There is no third state, so null is no value either. */
function Switch(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    IsBoolean({ message: 'invalid_type' }),
    ApiProperty({ type: Boolean, required: false }),
  );
}

export class ChannelsDto {
  @Switch()
  push?: boolean;

  @Switch()
  email?: boolean;
}

/** By type. The fields are those of the list, so that each of them is checked and documented like any other. */
export class UpdatePreferencesDto {
  [type: string]: Wish | undefined;
}

for (const type of NOTIFICATION_TYPES)
  applyDecorators(
    Check('invalid_type', isRecord),
    ValidateNested({ message: 'invalid_type' }),
    Type(() => ChannelsDto),
    ApiProperty({ type: ChannelsDto, required: false }),
    Optional(),
  )(UpdatePreferencesDto.prototype, type);
