import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreatePlatformDto, UpdatePlatformDto } from './platform.dto';
import { SocialPlatformResponse } from './platform.response';
import { PlatformService } from './platform.service';

@ApiTags('Administration')
@Controller('admin/social-platforms')
@Roles('admin')
export class AdminPlatformController {
  constructor(private readonly platforms: PlatformService) {}

  @Get()
  @ApiOperation({ summary: 'All platforms by position, those that are switched off too' })
  async list(): Promise<SocialPlatformResponse[]> {
    return (await this.platforms.all()).map((platform) => SocialPlatformResponse.from(platform));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Add a platform' })
  @Refuses({ 409: ['platform_exists'] })
  async create(@Body() dto: CreatePlatformDto): Promise<SocialPlatformResponse> {
    return SocialPlatformResponse.from(await this.platforms.create(dto));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change a platform, or switch it off or on' })
  @Refuses({ 404: ['platform_not_found'] })
  async update(@Param('id', IdPipe) id: string, @Body() dto: UpdatePlatformDto): Promise<SocialPlatformResponse> {
    return SocialPlatformResponse.from(await this.platforms.update(id, dto));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a platform; one that links use is only switched off' })
  @Refuses({ 404: ['platform_not_found'] })
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.platforms.remove(id);
  }
}
