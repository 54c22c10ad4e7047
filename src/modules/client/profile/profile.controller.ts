import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { ClientProfileDto } from './profile.dto';
import { ClientProfileResponse } from './profile.response';
import { ClientProfileService } from './profile.service';

@ApiTags('Client profile')
@Controller('clients/profile')
@Roles('client')
export class ClientProfileController {
  constructor(private readonly profiles: ClientProfileService) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make the own client profile' })
  @Refuses({ 404: ['gym_not_found'], 409: ['client_profile_exists'] })
  async create(@CurrentUser() me: Principal, @Body() dto: ClientProfileDto): Promise<ClientProfileResponse> {
    return ClientProfileResponse.from(await this.profiles.create(me, dto));
  }

  @Get()
  @ApiOperation({ summary: 'The own client profile' })
  @Refuses({ 404: ['client_profile_not_found'] })
  async find(@CurrentUser() me: Principal): Promise<ClientProfileResponse> {
    return ClientProfileResponse.from(await this.profiles.get(me));
  }

  @Put()
  @ApiOperation({ summary: 'Change the own client profile' })
  @Refuses({ 404: ['client_profile_not_found', 'gym_not_found'] })
  async update(@CurrentUser() me: Principal, @Body() dto: ClientProfileDto): Promise<ClientProfileResponse> {
    return ClientProfileResponse.from(await this.profiles.update(me, dto));
  }
}
