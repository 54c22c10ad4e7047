import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { UpdateSharingDto } from './sharing.dto';
import { HealthSharingResponse } from './sharing.response';
import { HealthSharingService } from './sharing.service';

@ApiTags('Wellness')
@Controller('health/sharing')
@Roles('client')
export class HealthSharingController {
  constructor(private readonly sharings: HealthSharingService) {}

  @Get(':coach_id')
  @ApiOperation({ summary: 'What a coach may see of the own values' })
  @Refuses({ 404: ['coach_not_found'] })
  async find(@CurrentUser() me: Principal, @Param('coach_id', IdPipe) coachId: string): Promise<HealthSharingResponse> {
    return HealthSharingResponse.from(await this.sharings.find(me, coachId));
  }

  @Patch(':coach_id')
  @ApiOperation({ summary: 'Share parameters with a coach, or take that back' })
  @Refuses({ 404: ['coach_not_found'], 422: ['unknown_parameter'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('coach_id', IdPipe) coachId: string,
    @Body() dto: UpdateSharingDto,
  ): Promise<HealthSharingResponse> {
    return HealthSharingResponse.from(await this.sharings.update(me, coachId, dto));
  }
}
