import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { pageOf } from 'src/common/paging/page';
import { RelationResponse } from 'src/modules/coach/relations/relation.response';
import { ListOwnCoachesQuery, SharingDto } from './own-coaches.dto';
import { MyCoachPage, MyCoachResponse } from './own-coaches.response';
import { OwnCoachesService } from './own-coaches.service';

@ApiTags('Client profile')
@Controller('clients/coaches')
@Roles('client')
export class OwnCoachesController {
  constructor(private readonly coaches: OwnCoachesService) {}

  @Get()
  @ApiOperation({ summary: 'The own coaches, by name' })
  async list(@CurrentUser() me: Principal, @Query() query: ListOwnCoachesQuery): Promise<MyCoachPage> {
    return pageOf(await this.coaches.page(me, query), query, (coach) => MyCoachResponse.from(coach));
  }

  @Put(':coach_id/sharing')
  @ApiOperation({ summary: 'Show all performances to a coach, or only those of their sessions' })
  @Refuses({ 404: ['coach_not_found'] })
  async share(
    @CurrentUser() me: Principal,
    @Param('coach_id', IdPipe) coachId: string,
    @Body() dto: SharingDto,
  ): Promise<RelationResponse> {
    return RelationResponse.from(await this.coaches.share(me, coachId, dto));
  }
}
