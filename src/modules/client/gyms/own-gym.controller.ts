import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { gymOf, GymResponse } from 'src/modules/gym/gym.response';
import { AddGymDto, OwnGymQuery } from './own-gym.dto';
import { addedGym } from './own-gym.response';
import { OwnGymService } from './own-gym.service';

@ApiTags('Users')
@Controller('users/me/gyms')
@Roles('client')
export class OwnGymController {
  constructor(private readonly gyms: OwnGymService) {}

  @Get()
  @ApiOperation({ summary: 'The own clubs: favourites as a client, work gyms as a coach' })
  @ApiOkResponse({ type: [GymResponse] })
  async list(@CurrentUser() me: Principal, @Query() { as }: OwnGymQuery): Promise<GymResponse[]> {
    return (await this.gyms.list(me, as)).map(gymOf);
  }

  @Post()
  @VariableStatus()
  @Idempotent()
  @ApiOperation({ summary: 'Add a club to the own ones' })
  @ApiCreatedResponse({ type: GymResponse })
  @ApiOkResponse({ type: GymResponse, description: 'It was there already' })
  @Refuses({ 404: ['gym_not_found', 'coach_profile_not_found'], 422: ['too_many_gyms'] })
  async add(@CurrentUser() me: Principal, @Body() { gym_id, as }: AddGymDto): Promise<Answer<GymResponse>> {
    return addedGym(await this.gyms.add(me, gym_id, as));
  }

  @Delete(':gym_id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Take a club off the own ones' })
  @Refuses({ 404: ['gym_not_found'] })
  async remove(
    @CurrentUser() me: Principal,
    @Param('gym_id', IdPipe) gymId: string,
    @Query() { as }: OwnGymQuery,
  ): Promise<void> {
    await this.gyms.remove(me, gymId, as);
  }
}
