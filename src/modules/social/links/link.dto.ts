import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Position } from 'src/common/http/catalogue-fields';
import { WebUrl } from 'src/common/http/domain-fields';
import { Choice, Nullable, Optional, RequiredWhen, Text } from 'src/common/http/fields';
import { LINK_VISIBILITIES, type LinkVisibility } from 'src/modules/social/social.types';

/** What holds nothing but spaces names nothing. */
const EmptyIsNone = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? null : value));
const Label = (): PropertyDecorator => applyDecorators(EmptyIsNone(), Text({ max: 100, api: { nullable: true } }));
const Address = (): PropertyDecorator => WebUrl(500);
const Visibility = (): PropertyDecorator => applyDecorators(Optional(), Choice(LINK_VISIBILITIES));

function isCustom(whole: object): boolean {
  const { platform } = whole as CreateLinkDto;
  return platform === undefined || platform === null;
}

export class CreateLinkDto {
  /** Slug of an active platform. Without one the link is of its own kind, and needs a label. */
  @Nullable()
  @Text({ max: 50 })
  platform?: string | null;

  @RequiredWhen('label_required', isCustom)
  @Label()
  label?: string | null;

  @Address()
  url: string;

  @Visibility()
  visibility: LinkVisibility = 'public';

  @Position()
  position: number = 0;
}

export class UpdateLinkDto {
  @Nullable()
  @Label()
  label?: string | null;

  @Optional()
  @Address()
  url?: string;

  @Visibility()
  visibility?: LinkVisibility;

  @Position()
  position?: number;
}
