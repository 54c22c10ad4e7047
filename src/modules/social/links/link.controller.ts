import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreateLinkDto, UpdateLinkDto } from './link.dto';
import { SocialLinkResponse } from './link.response';
import { SocialLinkService } from './link.service';

@ApiTags('Social links')
@Controller('users/me/social-links')
@Roles('client')
export class LinkController {
  constructor(private readonly links: SocialLinkService) {}

  @Get()
  @ApiOperation({ summary: 'The own links, by position' })
  async list(@CurrentUser() me: Principal): Promise<SocialLinkResponse[]> {
    return (await this.links.ofOwner(me.userId)).map((link) => SocialLinkResponse.from(link));
  }

  @Post()
  @VariableStatus()
  @Idempotent()
  @ApiOperation({ summary: 'Add a link, or replace the one of its platform' })
  @ApiCreatedResponse({ type: SocialLinkResponse })
  @ApiOkResponse({ type: SocialLinkResponse, description: 'It replaced the one of its platform' })
  @Refuses({ 422: ['too_many_links'] })
  async save(@CurrentUser() me: Principal, @Body() dto: CreateLinkDto): Promise<Answer<SocialLinkResponse>> {
    return SocialLinkResponse.answerOf(await this.links.save(me, dto));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change a link' })
  @Refuses({ 404: ['link_not_found'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdateLinkDto,
  ): Promise<SocialLinkResponse> {
    return SocialLinkResponse.from(await this.links.update(me, id, dto));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a link' })
  @Refuses({ 404: ['link_not_found'] })
  async remove(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.links.remove(me, id);
  }
}
