import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Max,
  Min,
  registerDecorator,
  ValidateIf,
} from 'class-validator';
import { fitsDecimals } from './decimal.rules';

/**
 * The fields of requests. Each decorator is one kind of value: it checks, converts and documents it, and names every
 * fault by the code of the contract, carried as the validator's message. A field is required unless `@Optional()` or
 * `@Nullable()` stands above it.
 */

/** May be absent; an explicit null is a fault. */
export const Optional = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    ApiProperty({ required: false }),
  );

/** May be absent (unchanged), or null (cleared). */
export const Nullable = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined && value !== null),
    ApiProperty({ required: false, nullable: true }),
  );

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** May be absent or null, unless the whole request needs it: then its fault is `code`, a word that ends in `_required`. */
export const RequiredWhen = (code: `${string}_required`, needs: (whole: object) => boolean): PropertyDecorator =>
  applyDecorators(
    ValidateIf((whole: object, value) => isGiven(value) || needs(whole)),
    Check(code, isGiven),
    ApiProperty({ required: false, nullable: true }),
  );

/** A check of our own, whose fault is `code`. */
export function Check(code: string, accepts: (value: unknown, whole: object) => boolean): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: code,
      target: target.constructor,
      propertyName: String(property),
      options: { message: code },
      validator: { validate: (value, context) => accepts(value, context?.object ?? {}) },
    });
}

const present = (): PropertyDecorator => IsDefined({ message: 'required' });

export interface TextOptions {
  min?: number;
  max?: number;
  tooShort?: string;
  tooLong?: string;
  /** Lines and tabs are kept in free text; a name is one line. */
  multiline?: boolean;
  trim?: boolean;
  api?: ApiPropertyOptions;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\t\n\r]/u;

/** PostgreSQL stores no NUL, and a half of a surrogate pair is no character. */
function storable(value: unknown, multiline: boolean): boolean {
  return typeof value !== 'string' || (value.isWellFormed() && !(multiline ? CONTROL_BUT_LINES : CONTROL).test(value));
}

/** A character has one unit of UTF-16 or two: most texts need not be counted to be judged. */
function hasAtLeast(text: string, characters: number): boolean {
  return text.length >= 2 * characters || (text.length >= characters && [...text].length >= characters);
}

function hasAtMost(text: string, characters: number): boolean {
  return text.length <= characters || (text.length <= 2 * characters && [...text].length <= characters);
}

/** Text, trimmed. Lengths count characters, and an emoji of two units is one. */
export function Text(options: TextOptions = {}): PropertyDecorator {
  const {
    min = 0,
    max = 10_000,
    tooShort = 'too_short',
    tooLong = 'too_long',
    multiline = false,
    trim = true,
  } = options;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (trim && typeof value === 'string' ? value.trim() : value)),
    present(),
    IsString({ message: 'invalid_type' }),
    Check(min === 1 ? 'required' : tooShort, (value) => typeof value !== 'string' || hasAtLeast(value, min)),
    Check(tooLong, (value) => typeof value !== 'string' || hasAtMost(value, max)),
    Check('invalid_format', (value) => storable(value, multiline)),
    ApiProperty({ type: String, ...(min > 0 && { minLength: min }), maxLength: max, ...(options.api as object) }),
  );
}

/** A whole number. In a query it arrives as text. */
export function Whole(min: number, max: number, options: { query?: boolean; code?: string } = {}): PropertyDecorator {
  return applyDecorators(
    ...(options.query
      ? [
          Transform(({ value }: { value: unknown }) =>
            typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
          ),
        ]
      : []),
    present(),
    IsInt({ message: options.code ?? 'invalid_type' }),
    Min(min, { message: options.code ?? 'too_small' }),
    Max(max, { message: options.code ?? 'too_large' }),
    ApiProperty({ type: 'integer', minimum: min, maximum: max }),
  );
}

/** A number of at most two decimals. */
export function Decimal(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    present(),
    IsNumber({}, { message: 'invalid_type' }),
    // Counting decimals in the number's text, as the library does, breaks where the text is `1e-7`.
    Check('invalid_type', (value) => typeof value !== 'number' || !Number.isFinite(value) || fitsDecimals(value, 2)),
    Min(min, { message: 'too_small' }),
    Max(max, { message: 'too_large' }),
    ApiProperty({ type: Number, minimum: min, maximum: max, multipleOf: 0.01 }),
  );
}

/** One of a closed set. */
export function Choice(values: readonly string[], code = 'invalid_value'): PropertyDecorator {
  return applyDecorators(
    present(),
    IsIn([...values], { message: code }),
    ApiProperty({ enum: [...values], type: String }),
  );
}

/** One value is a list of one: in a query `status=a`, like `status=a&status=b` (contract: repeatable). */
export const Several = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]));

/** One or several of a closed set. */
export function Choices(values: readonly string[], code = 'invalid_value'): PropertyDecorator {
  return applyDecorators(
    Several(),
    present(),
    IsArray({ message: 'invalid_type' }),
    ArrayMaxSize(values.length, { message: 'too_many' }),
    IsIn([...values], { each: true, message: code }),
    ApiProperty({ enum: [...values], isArray: true }),
  );
}

export function Flag(options: { query?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    ...(options.query
      ? [Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))]
      : []),
    present(),
    IsBoolean({ message: 'invalid_type' }),
    ApiProperty({ type: Boolean }),
  );
}

/** In small letters, as the database writes it: ids are compared as texts. */
export function Id(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    present(),
    IsString({ message: 'invalid_type' }),
    IsUUID('loose', { message: 'invalid_format' }),
    ApiProperty({ type: String, format: 'uuid' }),
  );
}

/** What no calendar app sends: years that PostgreSQL or Intl would choke on are refused as values. */
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Reads an instant of the wire; without an offset it is UTC. Null when it is none. */
export function parseInstant(text: string): Date | null {
  if (!INSTANT.test(text)) return null;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) ? text : `${text}Z`;
  const instant = new Date(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  // Date rolls 31 February over into March; the wire's day must be the day that comes out.
  const day = Number(text.slice(8, 10));
  const rolled = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, day)).getUTCDate() !== day;
  const ms = instant.getTime();
  return Number.isNaN(ms) || rolled || ms < EARLIEST || ms >= LATEST ? null : instant;
}

/** An instant, converted to a `Date`. */
export function Instant(code = 'invalid_datetime'): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (parseInstant(value) ?? value) : value)),
    present(),
    Check(code, (value) => value instanceof Date),
    ApiProperty({ type: String, format: 'date-time' }),
  );
}

/** A date `YYYY-MM-DD` that the calendar has, kept as it is written. */
export function Day(): PropertyDecorator {
  return applyDecorators(
    present(),
    IsString({ message: 'invalid_type' }),
    Check(
      'invalid_format',
      (value) =>
        typeof value !== 'string' || (/^\d{4}-\d{2}-\d{2}$/.test(value) && parseInstant(`${value}T00:00:00Z`) !== null),
    ),
    ApiProperty({ type: String, format: 'date', example: '2026-03-02' }),
  );
}

/** A clock time `HH:MM`. */
export function ClockTime(): PropertyDecorator {
  return applyDecorators(
    present(),
    IsString({ message: 'invalid_type' }),
    Check('invalid_format', (value) => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)),
    ApiProperty({ type: String, pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', example: '09:00' }),
  );
}
