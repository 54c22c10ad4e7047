import { ApiProperty } from '@nestjs/swagger';
import { Answer } from 'src/common/http/answer';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { SocialLink } from 'src/modules/social/entities/social-link.entity';
import { LINK_VISIBILITIES, type LinkVisibility } from 'src/modules/social/social.types';

/** Where else somebody is found. */
export class SocialLinkResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  user_id: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Slug; null for a link of its own kind, which has a label',
  })
  platform: string | null;
  label: string | null;
  @ApiProperty({ format: 'uri' })
  url: string;
  @ApiProperty({ enum: LINK_VISIBILITIES })
  visibility: LinkVisibility;
  @ApiProperty({ type: 'integer' })
  position: number;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(link: SocialLink): SocialLinkResponse {
    return {
      id: link.id,
      user_id: link.userId,
      platform: link.platform,
      label: link.label,
      url: link.url,
      visibility: link.visibility,
      position: link.position,
      created_at: wireInstant(link.createdAt),
      updated_at: wireInstant(link.updatedAt),
    };
  }

  /** 201 for a new one, 200 for one that took the place of the one of its platform. */
  static answerOf({ link, isNew }: { link: SocialLink; isNew: boolean }): Answer<SocialLinkResponse> {
    return new Answer(isNew ? 201 : 200, SocialLinkResponse.from(link));
  }
}
