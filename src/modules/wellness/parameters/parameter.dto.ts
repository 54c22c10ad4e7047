import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsDefined } from 'class-validator';
import { Check, Choice, Flag, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import {
  CATEGORIES,
  DATA_TYPES,
  type ParameterCategory,
  type ParameterDataType,
  type ParameterLabel,
} from 'src/modules/wellness/wellness.types';
import { faultOfLabel } from './parameter.rules';

const SLUG = /^[a-z0-9_]*$/;
const LAST_POSITION = 1_000_000;

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
const Position = (): PropertyDecorator => applyDecorators(Optional(), Whole(0, LAST_POSITION));

export class CreateParameterDto {
  /** Letters a–z, digits and underscores; for ever. */
  @Text({ min: 1, max: 50, api: { pattern: '^[a-z0-9_]+$' } })
  @Check('invalid_format', (value) => typeof value !== 'string' || SLUG.test(value))
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
