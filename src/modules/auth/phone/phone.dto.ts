import { ApiProperty } from '@nestjs/swagger';
import { Phone } from 'src/common/http/domain-fields';
import { Check, Optional, Text } from 'src/common/http/fields';
import { applyDecorators } from '@nestjs/common';
import { CODE_FORMAT } from './phone-code.rules';

function TypedCode(): PropertyDecorator {
  return applyDecorators(
    Text({ min: 1, max: 100 }),
    Check('invalid_format', (value) => typeof value !== 'string' || value === '' || CODE_FORMAT.test(value)),
    ApiProperty({ minLength: 6, maxLength: 6, pattern: CODE_FORMAT.source, example: '4f9k2z' }),
  );
}

export class RequestCodeDto {
  /** Takes the place of the one that is stored. */
  @Optional()
  @Phone()
  phone?: string;
}

export class ConfirmCodeDto {
  /** In small letters or capitals. */
  @TypedCode()
  code: string;
}
