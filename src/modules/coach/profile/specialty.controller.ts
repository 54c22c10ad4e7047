import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { SpecialtyDto } from './profile.dto';
import { specialtiesAnswer } from './profile.response';
import { SpecialtyService } from './specialty.service';

@ApiTags('Coach profile')
@Controller('coaches/profile/specialties')
export class SpecialtyController {
  constructor(private readonly specialties: SpecialtyService) {}

  @Post()
  @Roles('coach')
  @VariableStatus()
  @Idempotent()
  @ApiOperation({ summary: 'Add a specialty; 200 when it is there already' })
  @ApiCreatedResponse({ type: [String] })
  @ApiOkResponse({ type: [String], description: 'It was there already' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async add(@CurrentUser() me: Principal, @Body() { specialty }: SpecialtyDto): Promise<Answer<string[]>> {
    return specialtiesAnswer(await this.specialties.add(me, specialty));
  }

  @Delete(':specialty')
  @Roles('coach')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a specialty' })
  @Refuses({ 404: ['coach_profile_not_found', 'specialty_not_found'] })
  async remove(@CurrentUser() me: Principal, @Param('specialty') specialty: string): Promise<void> {
    await this.specialties.remove(me, specialty);
  }
}
