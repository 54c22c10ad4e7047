import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreateAvailabilityDto, UpdateAvailabilityDto } from './availability.dto';
import { AvailabilityResponse } from './availability.response';
import { AvailabilityService } from './availability.service';

@ApiTags('Coach availability')
@Controller('coaches/availability')
export class AvailabilityController {
  constructor(private readonly availabilities: AvailabilityService) {}

  @Post()
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Add a weekly range in which clients can book' })
  @Refuses({ 404: ['coach_profile_not_found'], 409: ['availability_overlap'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateAvailabilityDto): Promise<AvailabilityResponse> {
    return AvailabilityResponse.from(await this.availabilities.create(me, dto));
  }

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own weekly ranges, by day and start' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async list(@CurrentUser() me: Principal): Promise<AvailabilityResponse[]> {
    return AvailabilityResponse.listOf(await this.availabilities.list(me));
  }

  @Put(':id')
  @Roles('coach')
  @ApiOperation({ summary: 'Change a weekly range; bookings made stay' })
  @Refuses({ 404: ['coach_profile_not_found', 'availability_not_found'], 409: ['availability_overlap'] })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdateAvailabilityDto,
  ): Promise<AvailabilityResponse> {
    return AvailabilityResponse.from(await this.availabilities.update(me, id, dto));
  }

  @Delete(':id')
  @Roles('coach')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a weekly range; bookings made stay' })
  @Refuses({ 404: ['coach_profile_not_found', 'availability_not_found'] })
  async delete(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.availabilities.delete(me, id);
  }
}
