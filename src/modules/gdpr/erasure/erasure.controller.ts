import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, OpenToClosedAccounts, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { UserResponse } from 'src/modules/auth/user.response';
import { DeletionRequestService } from './deletion-request.service';
import { DeletionResponse } from './deletion.response';
import { RestoreDto } from './erasure.dto';
import { RestorationService } from './restoration.service';

@ApiTags('Personal data')
@Controller('users/me')
export class ErasureController {
  constructor(
    private readonly deletions: DeletionRequestService,
    private readonly restorations: RestorationService,
  ) {}

  @Delete()
  @Roles('client')
  @OpenToClosedAccounts()
  @HttpCode(200)
  @ApiOperation({ summary: 'Have the own account erased, 30 days from now' })
  @ApiOkResponse({ type: DeletionResponse })
  async delete(@CurrentUser() me: Principal): Promise<DeletionResponse> {
    return DeletionResponse.from(await this.deletions.request(me));
  }

  @Post('restore')
  @Public()
  @OpenToClosedAccounts()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an erasure back, with a key or the token of the mail' })
  @ApiOkResponse({ type: UserResponse })
  @Refuses({ 400: ['token_invalid'], 422: ['no_deletion_requested'] })
  async restore(@CurrentUser() me: Principal | undefined, @Body() { token }: RestoreDto): Promise<UserResponse> {
    return UserResponse.from(await this.restorations.restore(me, token));
  }
}
