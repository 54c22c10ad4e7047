import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, isUUID, ValidateNested } from 'class-validator';
import { isRecord } from 'src/common/json/record';
import { Check, Several } from './fields';

/** Fields of requests that hold several values. */

/** What the document of the API says of an item. */
interface ItemSchema {
  enum?: string[];
  format?: string;
  pattern?: string;
}

/** A list of texts; every item is checked by `accepts`, else `code`. */
export function TextList(
  max: number,
  code: string,
  accepts: (item: string) => boolean,
  api: ItemSchema = {},
): PropertyDecorator {
  return applyDecorators(
    IsDefined({ message: 'required' }),
    IsArray({ message: 'invalid_type' }),
    ArrayMaxSize(max, { message: 'too_many' }),
    Check(code, (value) => !Array.isArray(value) || value.every((item) => typeof item === 'string' && accepts(item))),
    ApiProperty({ type: 'array', items: { type: 'string', ...api }, maxItems: max }),
  );
}

/** A list of ids, of at most `max`, as PostgreSQL writes them: in small letters. */
export function IdList(max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value)
        ? value.map((item: unknown) => (typeof item === 'string' ? item.toLowerCase() : item))
        : value,
    ),
    TextList(max, 'invalid_format', (item) => isUUID(item, 'loose'), { format: 'uuid' }),
  );
}

/** One id or several of a query, at most `max`: `id=…&id=…`. */
export function Ids(max: number): PropertyDecorator {
  // What stands last is done first: there is a list before its ids are written small.
  return applyDecorators(IdList(max), Several());
}

/**
 * A list of objects, at least `min` and at most `max`, each checked by the fields of its class. A fault names the item by
 * its place: `days.2.day_of_week`.
 */
export function Items(item: new () => object, max: number, min = 0): PropertyDecorator {
  return applyDecorators(
    declared({ item, max }),
    IsDefined({ message: 'required' }),
    IsArray({ message: 'invalid_type' }),
    ArrayMaxSize(max, { message: 'too_many' }),
    Check('too_few', (value) => !Array.isArray(value) || value.length >= min),
    Check('invalid_type', (value) => !Array.isArray(value) || value.every(isRecord)),
    ValidateNested({ each: true, message: 'invalid_type' }),
    Type(() => item),
    ApiProperty({ type: [item], maxItems: max, ...(min > 0 && { minItems: min }) }),
  );
}

interface DeclaredList {
  item: new () => object;
  max: number;
}

const LISTS = Symbol('lists of objects');

function listsOf(prototype: object): ReadonlyMap<string, DeclaredList> {
  return (Reflect.getMetadata(LISTS, prototype) as ReadonlyMap<string, DeclaredList> | undefined) ?? new Map();
}

function declared(list: DeclaredList): PropertyDecorator {
  return (target, property) => {
    Reflect.defineMetadata(LISTS, new Map([...listsOf(target), [String(property), list]]), target);
  };
}

/**
 * What was sent for a class, with each list of objects that is too long cut to what shows that it is. Making and checking
 * an object for each of a hundred thousand items would hold up the process for seconds.
 */
export function withoutSurplus(value: unknown, shape: new () => object): unknown {
  const lists = listsOf(shape.prototype as object);
  if (lists.size === 0 || !isRecord(value)) return value;
  const whole: Record<string, unknown> = { ...value };
  for (const [name, { item, max }] of lists) {
    const sent = whole[name];
    if (Array.isArray(sent)) whole[name] = sent.slice(0, max + 1).map((each: unknown) => withoutSurplus(each, item));
  }
  return whole;
}
