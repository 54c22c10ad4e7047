import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, OpenToClosedAccounts, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { UserResponse } from 'src/modules/auth/user.response';
import { UpdateAccountDto } from './account.dto';
import { AccountService } from './account.service';

@ApiTags('Users')
@Controller('users/me')
@Roles('client')
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @OpenToClosedAccounts()
  @ApiOperation({ summary: 'The own account' })
  @ApiOkResponse({ type: UserResponse })
  async find(@CurrentUser() me: Principal): Promise<UserResponse> {
    return UserResponse.from(await this.accounts.find(me));
  }

  @Patch()
  @ApiOperation({ summary: 'Change the own account' })
  @ApiOkResponse({ type: UserResponse })
  @Refuses({
    403: ['role_locked'],
    409: ['email_already_exists', 'phone_already_exists'],
    422: ['blocked_email_domain'],
  })
  async update(@CurrentUser() me: Principal, @Body() dto: UpdateAccountDto): Promise<UserResponse> {
    return UserResponse.from(await this.accounts.update(me, dto));
  }
}
