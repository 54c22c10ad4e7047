import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { SocialLinkResponse } from 'src/modules/social/links/link.response';
import { PublicLinkService } from './public-link.service';
import { CoachPublicResponse } from './public-profile.response';
import { PublicProfileService } from './public-profile.service';

@ApiTags('Coach search')
@Controller('coaches')
@Public()
export class PublicProfileController {
  constructor(
    private readonly profiles: PublicProfileService,
    private readonly links: PublicLinkService,
  ) {}

  @Get(':id/public')
  @ApiOperation({ summary: 'What a coach shows of himself; with a good key also how the caller stands to him' })
  @Refuses({ 404: ['coach_not_found'] })
  async find(@CurrentUser() me: Principal | undefined, @Param('id', IdPipe) id: string): Promise<CoachPublicResponse> {
    return CoachPublicResponse.from(await this.profiles.find(me, id));
  }

  @Get(':id/social-links')
  @ApiOperation({ summary: 'Where else a coach is found, as far as the caller may know' })
  @Refuses({ 404: ['coach_not_found'] })
  async socialLinks(
    @CurrentUser() me: Principal | undefined,
    @Param('id', IdPipe) id: string,
  ): Promise<SocialLinkResponse[]> {
    return (await this.links.list(me, id)).map((link) => SocialLinkResponse.from(link));
  }
}
