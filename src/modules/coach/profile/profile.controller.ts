import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CoachProfileDto } from './profile.dto';
import { CoachProfileResponse } from './profile.response';
import { CoachProfileService } from './profile.service';
import { CoachProfileViewService } from './profile-view.service';

@ApiTags('Coach profile')
@Controller('coaches/profile')
export class CoachProfileController {
  constructor(
    private readonly profiles: CoachProfileService,
    private readonly views: CoachProfileViewService,
  ) {}

  @Post()
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Make the own coach profile' })
  @Refuses({ 404: ['gym_not_found'], 409: ['coach_profile_exists'], 422: ['discovery_price_required'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CoachProfileDto): Promise<CoachProfileResponse> {
    return CoachProfileResponse.from(await this.profiles.create(me, dto));
  }

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own coach profile' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async find(@CurrentUser() me: Principal): Promise<CoachProfileResponse> {
    return CoachProfileResponse.from(await this.views.find(me.userId));
  }

  @Put()
  @Roles('coach')
  @ApiOperation({ summary: 'Change the own coach profile' })
  @Refuses({ 404: ['coach_profile_not_found', 'gym_not_found'], 422: ['discovery_price_required'] })
  async update(@CurrentUser() me: Principal, @Body() dto: CoachProfileDto): Promise<CoachProfileResponse> {
    return CoachProfileResponse.from(await this.profiles.update(me, dto));
  }
}
