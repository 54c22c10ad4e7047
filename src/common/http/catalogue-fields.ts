import { applyDecorators } from '@nestjs/common';
import { Check, Optional, Text, Whole } from './fields';

/** Fields of entries of a list that somebody keeps in order. */

const SLUG = /^[a-z0-9_]*$/;
const LAST_POSITION = 1_000_000;

/** What an entry is called in requests and answers, for ever. */
export const Slug = (): PropertyDecorator =>
  applyDecorators(
    Check('invalid_format', (value) => typeof value !== 'string' || SLUG.test(value)),
    Text({ min: 1, max: 50, api: { pattern: '^[a-z0-9_]+$' } }),
  );

/** Where an entry stands: the smaller before the greater. May be absent. */
export const Position = (): PropertyDecorator => applyDecorators(Optional(), Whole(0, LAST_POSITION));
