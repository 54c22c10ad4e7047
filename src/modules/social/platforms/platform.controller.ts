import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { SocialPlatformResponse } from './platform.response';
import { PlatformService } from './platform.service';

@ApiTags('Social links')
@Controller('social-platforms')
export class PlatformController {
  constructor(private readonly platforms: PlatformService) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'The platforms that can be linked to, by position' })
  async list(): Promise<SocialPlatformResponse[]> {
    return (await this.platforms.active()).map((platform) => SocialPlatformResponse.from(platform));
  }
}
