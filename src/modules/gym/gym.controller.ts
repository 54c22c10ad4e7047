import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { type Page, pageOf } from 'src/common/paging/page';
import { GymChainListQuery, GymListQuery } from './gym.dto';
import { GymChainResponse, gymOf, GymPage, type GymResponse } from './gym.response';
import { GymService } from './gym.service';

@ApiTags('Gyms')
@Controller('gyms')
@Public()
export class GymController {
  constructor(private readonly gyms: GymService) {}

  @Get()
  @ApiOperation({ summary: 'Clubs, by city and name; with a key, the own favourites are marked' })
  @ApiOkResponse({ type: GymPage })
  async list(@CurrentUser() me: Principal | undefined, @Query() query: GymListQuery): Promise<Page<GymResponse>> {
    return pageOf(await this.gyms.page(me, query), query, gymOf);
  }

  @Get('chains')
  @ApiOperation({ summary: 'Chains of clubs, by name' })
  async chains(@Query() { country }: GymChainListQuery): Promise<GymChainResponse[]> {
    return (await this.gyms.chains(country ?? null)).map((chain) => GymChainResponse.from(chain));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One club' })
  @Refuses({ 404: ['gym_not_found'] })
  async find(@CurrentUser() me: Principal | undefined, @Param('id', IdPipe) id: string): Promise<GymResponse> {
    return gymOf(await this.gyms.find(me, id));
  }
}
