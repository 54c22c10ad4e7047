import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { PageQuery, pageOf } from 'src/common/paging/page';
import { QrQuery } from 'src/common/qr/qr-query';
import { EnrollmentTokenService } from './enrollment-token.service';
import { CreateEnrollmentTokenDto } from './enrollment.dto';
import { EnrollmentTokenPage, EnrollmentTokenResponse } from './enrollment.response';

@ApiTags('Enrolment')
@Controller('coaches/me/enrollment-tokens')
@Roles('coach')
export class EnrollmentTokenController {
  constructor(private readonly tokens: EnrollmentTokenService) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make a link by which people become clients' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async create(@CurrentUser() me: Principal, @Body() dto: CreateEnrollmentTokenDto): Promise<EnrollmentTokenResponse> {
    return EnrollmentTokenResponse.from(await this.tokens.create(me, dto));
  }

  @Get()
  @ApiOperation({ summary: 'The own links, newest first' })
  async list(@CurrentUser() me: Principal, @Query() query: PageQuery): Promise<EnrollmentTokenPage> {
    return pageOf(await this.tokens.page(me, query), query, (link) => EnrollmentTokenResponse.from(link));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Switch a link off; it is kept' })
  @Refuses({ 404: ['enrollment_token_not_found'] })
  async switchOff(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.tokens.switchOff(me, id);
  }

  @Get(':id/qr.svg')
  @ApiOperation({ summary: 'The QR code of a link' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Refuses({ 404: ['enrollment_token_not_found'] })
  async code(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() { size }: QrQuery,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.tokens.code(me, id, size), { type: 'image/svg+xml' });
  }
}
