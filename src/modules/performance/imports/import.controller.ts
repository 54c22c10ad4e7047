import { Body, Controller, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { MEBIBYTE, SentFile, TakesFile, type Upload } from 'src/common/http/upload';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { WEIGHT_UNITS } from 'src/common/i18n/weight-texts';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { LimitPerUser } from 'src/common/limits/request-limit.guard';
import { ImportFormDto, ImportQuery } from './import.dto';
import { ImportReportResponse } from './import.response';
import { ImportService } from './import.service';

@ApiTags('Performances')
@Controller('performances')
export class ImportController {
  constructor(
    private readonly imports: ImportService,
    private readonly translator: Translator,
  ) {}

  @Post('import')
  @Roles('client')
  @LimitPerUser('performance-import', 10, 3_600)
  @HttpCode(HttpStatus.OK)
  @Idempotent()
  @TakesFile({
    maxBytes: 5 * MEBIBYTE,
    description: 'CSV of at most 50 000 lines, as Strong, Hevy or GET /performances/export write it',
    fields: {
      mapping: { type: 'string', description: 'JSON: name of an exercise in the file → exercise_type_id' },
      weight_unit: { type: 'string', enum: [...WEIGHT_UNITS], description: 'Where the file does not say' },
    },
  })
  @ApiOperation({ summary: 'Bring training from another app; what is there already is passed over' })
  @ApiOkResponse({ type: ImportReportResponse })
  @Refuses({
    404: ['exercise_not_found'],
    413: ['file_too_large'],
    415: ['unsupported_media_type'],
    422: ['import_format_unknown'],
  })
  async import(
    @CurrentUser() me: Principal,
    @SentFile() { bytes }: Upload,
    @Body() form: ImportFormDto,
    @Query() { dry_run: isDryRun }: ImportQuery,
    @CallerLanguage() language: Language,
  ): Promise<ImportReportResponse> {
    return ImportReportResponse.from(await this.imports.import(me, bytes, { ...form, isDryRun }), (code) =>
      this.translator.code(language, code),
    );
  }
}
