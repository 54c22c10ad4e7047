import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { VerificationDto } from './profile.dto';
import { CoachProfileResponse } from './profile.response';
import { CoachVerificationService } from './verification.service';

@ApiTags('Administration')
@Controller('admin/coaches')
@Roles('admin')
export class CoachVerificationController {
  constructor(private readonly verifications: CoachVerificationService) {}

  @Post(':id/verify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Vouch for a coach, or take it back' })
  @ApiOkResponse({ type: CoachProfileResponse })
  @Refuses({ 404: ['coach_not_found'] })
  async verify(@Param('id', IdPipe) id: string, @Body() { verified }: VerificationDto): Promise<CoachProfileResponse> {
    return CoachProfileResponse.from(await this.verifications.verify(id, verified));
  }
}
