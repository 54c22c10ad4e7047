import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { CoachPublicResponse } from './public-profile.response';
import { PublicProfileService } from './public-profile.service';

@ApiTags('Coach search')
@Controller('coaches')
@Public()
export class PublicProfileController {
  constructor(private readonly profiles: PublicProfileService) {}

  @Get(':id/public')
  @ApiOperation({ summary: 'What a coach shows of himself; with a good key also how the caller stands to him' })
  async find(@CurrentUser() me: Principal | undefined, @Param('id', IdPipe) id: string): Promise<CoachPublicResponse> {
    return CoachPublicResponse.from(await this.profiles.find(me, id));
  }

  @Get(':id/social-links')
  @ApiOperation({ summary: 'Where else a coach is found' })
  @ApiOkResponse({ type: [Object] })
  async socialLinks(@Param('id', IdPipe) id: string): Promise<object[]> {
    return this.profiles.socialLinks(id);
  }
}
