import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { ConsentsQuery, GiveConsentDto } from './consent.dto';
import { ConsentPage, ConsentResponse } from './consent.response';
import { ConsentService } from './consent.service';
import { CONSENT_TYPES, type ConsentType } from './consent.types';

@ApiTags('Personal data')
@Controller('consents')
@Roles('client')
export class ConsentController {
  constructor(private readonly consents: ConsentService) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Agree, refuse, or take an agreement back' })
  async give(@CurrentUser() me: Principal, @Body() dto: GiveConsentDto): Promise<ConsentResponse> {
    return ConsentResponse.from(await this.consents.give(me, dto));
  }

  @Get()
  @ApiOperation({ summary: 'All that was ever said, newest first: the last word of each type counts' })
  @ApiOkResponse({ type: ConsentPage })
  async list(@CurrentUser() me: Principal, @Query() query: ConsentsQuery): Promise<ConsentPage> {
    return pageOf(await this.consents.page(me, query), query, ConsentResponse.from);
  }

  @Get('types')
  @ApiOperation({ summary: 'What can be agreed to' })
  @ApiOkResponse({ schema: { type: 'array', items: { type: 'string', enum: [...CONSENT_TYPES] } } })
  types(): readonly ConsentType[] {
    return CONSENT_TYPES;
  }
}
