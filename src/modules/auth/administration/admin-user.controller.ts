import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { type Page, pageOf } from 'src/common/paging/page';
import { UserPage, UserResponse } from 'src/modules/auth/user.response';
import { SuspendDto, UserListQuery } from './admin-user.dto';
import { AdminUserService } from './admin-user.service';

@ApiTags('Administration')
@Controller('admin/users')
@Roles('admin')
export class AdminUserController {
  constructor(private readonly users: AdminUserService) {}

  @Get()
  @ApiOperation({ summary: 'All accounts, newest first' })
  @ApiOkResponse({ type: UserPage })
  async list(@Query() query: UserListQuery): Promise<Page<UserResponse>> {
    return pageOf(await this.users.page(query), query, (user) => UserResponse.from(user));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspend an account: all its keys are refused' })
  @ApiOkResponse({ type: UserResponse })
  @Refuses({ 404: ['user_not_found'], 422: ['cannot_suspend_self'] })
  async suspend(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: SuspendDto,
  ): Promise<UserResponse> {
    return UserResponse.from(await this.users.suspend(me, id, reason ?? null));
  }

  @Post(':id/reactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Lift a suspension: the account is what it was before' })
  @ApiOkResponse({ type: UserResponse })
  @Refuses({ 404: ['user_not_found'], 422: ['invalid_transition'] })
  async reactivate(@Param('id', IdPipe) id: string): Promise<UserResponse> {
    return UserResponse.from(await this.users.reactivate(id));
  }
}
