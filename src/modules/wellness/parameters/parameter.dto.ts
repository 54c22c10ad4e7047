import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsDefined } from 'class-validator';
import { Position, Slug } from 'src/common/http/catalogue-fields';
import { Check, Choice, Flag, Nullable, Optional, Text } from 'src/common/http/fields';
import {
  CATEGORIES,
  DATA_TYPES,
  type ParameterCategory,
  type ParameterDataType,
  type ParameterLabel,
} from 'src/modules/wellness/wellness.types';
import { faultOfLabel } from './parameter.rules';

/** Texts by language. */
const Label = (): PropertyDecorator =>
  applyDecorators(
    IsDefined({ message: 'required' }),
    Check('invalid_type', (value) => value === undefined || faultOfLabel(value) !== 'invalid_type'),
    Check('required', (value) => value === undefined || faultOfLabel(value) !== 'required'),
    Check('invalid_locale', (value) => faultOfLabel(value) !== 'invalid_locale'),
    Check('too_long', (value) => faultOfLabel(value) !== 'too_long'),
    Check('invalid_format', (value) => faultOfLabel(value) !== 'invalid_format'),
    ApiProperty({
      type: 'object',
      additionalProperties: { type: 'string' },
      example: { en: 'Weight', fr: 'Poids', es: 'Peso', pt: 'Peso' },
      description: 'Language (en, fr, es, pt) → text',
    }),
  );
const Unit = (): PropertyDecorator => applyDecorators(Nullable(), Text({ min: 1, max: 20 }));

export class CreateParameterDto {
  /** Letters a–z, digits and underscores; for ever. */
  @Slug()
  slug: string;

  @Label()
  label: ParameterLabel;

  @Unit()
  unit?: string | null;

  @Optional()
  @Choice(DATA_TYPES)
  data_type: ParameterDataType = 'float';

  @Optional()
  @Choice(CATEGORIES)
  category: ParameterCategory = 'other';

  /** Without it the last place. */
  @Position()
  position?: number;
}

export class UpdateParameterDto {
  /** Replaces all texts. */
  @Optional()
  @Label()
  label?: ParameterLabel;

  @Unit()
  unit?: string | null;

  @Optional()
  @Choice(CATEGORIES)
  category?: ParameterCategory;

  @Position()
  position?: number;

  @Optional()
  @Flag()
  active?: boolean;
}
