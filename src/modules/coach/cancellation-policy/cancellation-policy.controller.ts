import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { CancellationPolicyDto } from './cancellation-policy.dto';
import { CancellationPolicyResponse } from './cancellation-policy.response';
import { CancellationPolicyService } from './cancellation-policy.service';

@ApiTags('Cancellation policy')
@Controller('coaches/cancellation-policy')
export class CancellationPolicyController {
  constructor(private readonly policies: CancellationPolicyService) {}

  @Get()
  @Roles('coach')
  @ApiOperation({ summary: 'The own cancellation policy' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async find(@CurrentUser() me: Principal): Promise<CancellationPolicyResponse> {
    return CancellationPolicyResponse.from(await this.policies.find(me));
  }

  @Put()
  @Roles('coach')
  @ApiOperation({ summary: 'Change the own cancellation policy, for bookings made from now on' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async update(@CurrentUser() me: Principal, @Body() dto: CancellationPolicyDto): Promise<CancellationPolicyResponse> {
    return CancellationPolicyResponse.from(await this.policies.update(me, dto));
  }
}
