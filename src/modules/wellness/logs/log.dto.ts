import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, IsNumber, Max, Min } from 'class-validator';
import { fitsDecimals } from 'src/common/http/decimal.rules';
import { Check, Choice, Id, Instant, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';
import { LOG_SOURCES, type LogSource } from 'src/modules/wellness/wellness.types';
import { LARGEST_VALUE } from './log.rules';

/** A finite number of at most three decimals. */
const Value = (): PropertyDecorator =>
  applyDecorators(
    IsDefined({ message: 'required' }),
    IsNumber({}, { message: 'invalid_type' }),
    Min(-LARGEST_VALUE, { message: 'too_small' }),
    Max(LARGEST_VALUE, { message: 'too_large' }),
    Check('invalid_format', (value) => typeof value !== 'number' || isOutside(value) || fitsDecimals(value, 3)),
    ApiProperty({ type: Number, minimum: -LARGEST_VALUE, maximum: LARGEST_VALUE, multipleOf: 0.001 }),
  );

function isOutside(value: number): boolean {
  return !(Math.abs(value) <= LARGEST_VALUE);
}

export class CreateLogDto {
  @Id()
  parameter_id: string;

  /** In the parameter's unit; whole where its data_type is int. */
  @Value()
  value: number;

  /** Without it now. */
  @Optional()
  @Instant()
  logged_at?: Date;

  @Nullable()
  @Text({ max: 500, multiline: true })
  note?: string | null;

  @Optional()
  @Choice(LOG_SOURCES)
  source: LogSource = 'manual';
}

export class ListLogsQuery extends PageQuery {
  @Optional()
  @Id()
  parameter_id?: string;

  /** Dates are days of the caller. */
  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}
