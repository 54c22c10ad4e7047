import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { csvFile } from 'src/common/csv/csv-file';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { ExportSessionsQuery } from './session-export.dto';
import { SessionExportService } from './session-export.service';

@ApiTags('Performances')
@Controller('performances')
export class SessionExportController {
  constructor(private readonly exports: SessionExportService) {}

  @Get('export')
  @Roles('client')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({ summary: 'The own training as a file, a line for each set, oldest first; an import reads it again' })
  async export(
    @CurrentUser() me: Principal,
    @Query() query: ExportSessionsQuery,
    @CallerLanguage() language: Language,
  ): Promise<StreamableFile> {
    return csvFile('mycoach_performances.csv', await this.exports.table(me, query, language));
  }
}
