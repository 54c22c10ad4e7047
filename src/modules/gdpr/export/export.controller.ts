import { Body, Controller, Get, Header, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, OpenToClosedAccounts, Public, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { SafeHead } from 'src/common/http/safe-head';
import { LimitPerUser } from 'src/common/limits/request-limit.guard';
import { CreateExportLinkDto, DownloadQuery, ExportQuery } from './export.dto';
import { exportAttachment } from './export-attachment.format';
import { ExportLinkResponse } from './export.response';
import { ExportService } from './export.service';

/** One object with a section for each kind of data, or a table. */
const FILE = {
  content: {
    'application/json': { schema: { type: 'object', additionalProperties: true } },
    'text/csv': { schema: { type: 'string', format: 'binary' } },
  },
} as const;

@ApiTags('Personal data')
@Controller('users/me/export')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get()
  @Roles('client')
  @OpenToClosedAccounts()
  @SafeHead()
  @ApiOkResponse(FILE)
  @ApiOperation({ summary: 'All that is held of the caller, as a file' })
  async file(@CurrentUser() me: Principal, @Query() query: ExportQuery): Promise<StreamableFile> {
    return exportAttachment(await this.exports.file(me, query.format));
  }

  @Post()
  @Roles('client')
  @OpenToClosedAccounts()
  @LimitPerUser('personal-data-export', 10, 3_600)
  @ApiOperation({ summary: 'A signed link to that file, good for 24 hours and without a key' })
  link(@CurrentUser() me: Principal, @Body() dto: CreateExportLinkDto): ExportLinkResponse {
    return ExportLinkResponse.from(this.exports.link(me, dto.format));
  }

  @Get('download')
  @Public()
  @SafeHead()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse(FILE)
  @ApiOperation({ summary: 'The file behind such a link, made when it is asked for' })
  @Refuses({ 401: ['export_token_invalid'] })
  async download(@Query() query: DownloadQuery): Promise<StreamableFile> {
    return exportAttachment(await this.exports.download(query.token));
  }
}
