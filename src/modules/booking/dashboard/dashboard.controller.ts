import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { DashboardResponse } from './dashboard.response';
import { DashboardService } from './dashboard.service';

@ApiTags('Coach profile')
@Controller('coaches/dashboard')
export class DashboardController {
  constructor(private readonly dashboards: DashboardService) {}

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The coach’s week, month, next sessions and open requests' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async find(@CurrentUser() me: Principal): Promise<DashboardResponse> {
    return DashboardResponse.from(await this.dashboards.find(me));
  }
}
