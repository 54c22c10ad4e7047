import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { BlockDomainDto, BlockedDomainsQuery } from './blocked-domain.dto';
import { BlockedDomainPage, BlockedDomainResponse } from './blocked-domain.response';
import { BlockedDomainService } from './blocked-domain.service';

@ApiTags('Administration')
@Controller('admin/blocked-domains')
@Roles('admin')
export class BlockedDomainController {
  constructor(private readonly domains: BlockedDomainService) {}

  @Get()
  @ApiOperation({ summary: 'Domains whose addresses are not accepted' })
  @ApiOkResponse({ type: BlockedDomainPage })
  async list(@Query() query: BlockedDomainsQuery): Promise<BlockedDomainPage> {
    return pageOf(await this.domains.page(query), query, BlockedDomainResponse.from);
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Accept no more addresses of a domain' })
  @Refuses({ 409: ['domain_exists'] })
  async block(@Body() dto: BlockDomainDto): Promise<BlockedDomainResponse> {
    return BlockedDomainResponse.from(await this.domains.block(dto));
  }

  @Delete(':domain')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Accept addresses of a domain again' })
  @Refuses({ 404: ['domain_not_found'] })
  async unblock(@Param('domain') domain: string): Promise<void> {
    await this.domains.unblock(domain);
  }
}
