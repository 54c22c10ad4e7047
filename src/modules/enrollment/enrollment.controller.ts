import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { RelationResponse } from 'src/modules/coach/relations/relation.response';
import { EnrollmentInfoResponse } from './enrollment.response';
import { EnrollmentService } from './enrollment.service';

@ApiTags('Enrolment')
@Controller()
export class EnrollmentController {
  constructor(private readonly enrollment: EnrollmentService) {}

  @Get('enroll/:token')
  @Public()
  @ApiOperation({ summary: 'The coach to whom a link leads' })
  @Refuses({ 404: ['enrollment_token_invalid'] })
  async find(@CurrentUser() me: Principal | undefined, @Param('token') token: string): Promise<EnrollmentInfoResponse> {
    return EnrollmentInfoResponse.from(await this.enrollment.find(me, token));
  }

  @Post('users/me/enroll/:token')
  @Roles('client')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Become a client of the coach to whom a link leads' })
  @ApiOkResponse({ type: RelationResponse })
  @Refuses({ 404: ['enrollment_token_invalid'], 409: ['cannot_enroll_self'], 422: ['coach_full'] })
  async enroll(@CurrentUser() me: Principal, @Param('token') token: string): Promise<RelationResponse> {
    return RelationResponse.from(await this.enrollment.enroll(me.userId, token));
  }
}
