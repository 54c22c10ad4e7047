import { applyDecorators } from '@nestjs/common';
import { HttpsUrl } from 'src/common/http/domain-fields';
import { Check, Flag, Nullable, Optional, Text, Whole } from 'src/common/http/fields';

const SLUG = /^[a-z0-9_]*$/;
const LAST_POSITION = 1_000_000;

const Label = (): PropertyDecorator => Text({ min: 1, max: 50 });
const Icon = (): PropertyDecorator => applyDecorators(Nullable(), HttpsUrl(500));
const Position = (): PropertyDecorator => applyDecorators(Optional(), Whole(0, LAST_POSITION));

export class CreatePlatformDto {
  /** Letters a–z, digits and underscores; for ever. */
  @Text({ min: 1, max: 50, api: { pattern: '^[a-z0-9_]+$' } })
  @Check('invalid_format', (value) => typeof value !== 'string' || SLUG.test(value))
  slug: string;

  @Label()
  label: string;

  @Icon()
  icon_url?: string | null;

  @Optional()
  @Flag()
  active: boolean = true;

  /** Without it the last place. */
  @Position()
  position?: number;
}

export class UpdatePlatformDto {
  @Optional()
  @Label()
  label?: string;

  @Icon()
  icon_url?: string | null;

  @Optional()
  @Flag()
  active?: boolean;

  @Position()
  position?: number;
}
