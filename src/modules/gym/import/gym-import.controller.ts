import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { inPieces } from 'src/common/csv/csv-records';
import { Refuses } from 'src/common/http/refuses';
import { MEBIBYTE, SentFile, TakesFile, type Upload } from 'src/common/http/upload';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { GymImportResponse } from './gym-import.response';
import { GymImportService } from './gym-import.service';

@ApiTags('Administration')
@Controller('admin/gyms')
@Roles('admin')
export class GymImportController {
  constructor(
    private readonly imports: GymImportService,
    private readonly translator: Translator,
  ) {}

  @Post('import')
  @HttpCode(200)
  @Idempotent()
  @TakesFile({
    maxBytes: 5 * MEBIBYTE,
    description:
      'CSV in UTF-8 with a header: chain_name, name, address, zip_code, city, country, lat, lng, and where present ' +
      'external_id, phone, email, website_url, open_24h',
  })
  @ApiOperation({ summary: 'Bring clubs into the directory; the same file again changes nothing' })
  @ApiOkResponse({ type: GymImportResponse })
  @Refuses({ 413: ['file_too_large'], 415: ['unsupported_media_type'], 422: ['import_format_unknown'] })
  async import(@SentFile() { bytes }: Upload, @CallerLanguage() language: Language): Promise<GymImportResponse> {
    return GymImportResponse.from(await this.imports.import(inPieces(bytes)), (code) =>
      this.translator.code(language, code),
    );
  }
}
