import { ApiProperty } from '@nestjs/swagger';
import type { SocialPlatform } from 'src/modules/social/entities/social-platform.entity';

/** Where people may be found. */
export class SocialPlatformResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  slug: string;
  label: string;
  icon_url: string | null;
  /** Links to it may be made, and are shown. */
  active: boolean;
  @ApiProperty({ type: 'integer' })
  position: number;

  static from(platform: SocialPlatform): SocialPlatformResponse {
    return {
      id: platform.id,
      slug: platform.slug,
      label: platform.label,
      icon_url: platform.iconUrl,
      active: platform.active,
      position: platform.position,
    };
  }
}
