import { applyDecorators } from '@nestjs/common';
import { Position, Slug } from 'src/common/http/catalogue-fields';
import { HttpsUrl } from 'src/common/http/domain-fields';
import { Flag, Nullable, Optional, Text } from 'src/common/http/fields';

const Label = (): PropertyDecorator => Text({ min: 1, max: 50 });
const Icon = (): PropertyDecorator => applyDecorators(Nullable(), HttpsUrl(500));

export class CreatePlatformDto {
  /** Letters a–z, digits and underscores; for ever. */
  @Slug()
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
