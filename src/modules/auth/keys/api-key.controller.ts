import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, OpenToClosedAccounts, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { type Page, PageQuery, pageOf } from 'src/common/paging/page';
import { ApiKeyPage, ApiKeyResponse } from './api-key.response';
import { ApiKeyService } from './api-key.service';

@ApiTags('Auth')
@Controller('auth')
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyService) {}

  @Get('api-keys')
  @Roles('client')
  @ApiOperation({ summary: 'Devices that are signed in, last used first' })
  @ApiOkResponse({ type: ApiKeyPage })
  async list(@CurrentUser() me: Principal, @Query() page: PageQuery): Promise<Page<ApiKeyResponse>> {
    return pageOf(await this.keys.page(me, page), page, (key) => ApiKeyResponse.from(key, me.keyId));
  }

  @Delete('api-keys/:id')
  @Roles('client')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign a device out' })
  @Refuses({ 404: ['api_key_not_found'] })
  async revoke(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.keys.revoke(me, id);
  }

  @Delete('logout')
  @Roles('client')
  @OpenToClosedAccounts()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign this device out' })
  async logout(@CurrentUser() me: Principal): Promise<void> {
    await this.keys.logout(me);
  }

  @Delete('logout-all')
  @Roles('client')
  @OpenToClosedAccounts()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign every device out, this one too' })
  async logoutAll(@CurrentUser() me: Principal): Promise<void> {
    await this.keys.logoutAll(me);
  }
}
