import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { pageOf } from 'src/common/paging/page';
import { CoachCardPage, CoachCardResponse } from './coach-card.response';
import { SearchCoachesQuery } from './search.dto';
import { SearchService } from './search.service';

@ApiTags('Coach search')
@Controller('coaches')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get('search')
  @Roles('client')
  @ApiOperation({ summary: 'Find coaches by name, specialty, place, price and free slots' })
  async find(@CurrentUser() me: Principal, @Query() query: SearchCoachesQuery): Promise<CoachCardPage> {
    return pageOf(await this.search.page(me, query), query, (card) => CoachCardResponse.from(card));
  }
}
