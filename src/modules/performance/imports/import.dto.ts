import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isUUID } from 'class-validator';
import { Check, Choice, Flag, Optional } from 'src/common/http/fields';
import { WEIGHT_UNITS, type WeightUnit } from 'src/common/i18n/weight-texts';
import { isRecord } from 'src/common/json/record';

const MOST_MAPPED = 1_000;

/** A field of a form is a text: what it holds, or the text itself where it cannot be read. */
function readMapping({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return {};
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** The fields of the form beside the file. */
export class ImportFormDto {
  /** JSON: the name of an exercise in the file to an exercise_type_id. */
  @Optional()
  @Transform(readMapping)
  @Check('invalid_format', (value) => typeof value !== 'string')
  @Check('invalid_type', (value) => typeof value === 'string' || isRecord(value))
  @Check('invalid_format', (value) => !isRecord(value) || Object.values(value).every((id) => isUUID(id, 'loose')))
  @Check('too_many', (value) => !isRecord(value) || Object.keys(value).length <= MOST_MAPPED)
  mapping?: Record<string, string>;

  /** Of weights without a unit; the own one of the profile where it is not told. */
  @Optional()
  @Choice(WEIGHT_UNITS)
  weight_unit?: WeightUnit;
}

export class ImportQuery {
  /** Says what would be done, and does nothing. */
  @Optional()
  @Flag({ query: true })
  @ApiProperty({ default: false })
  dry_run: boolean = false;
}
