import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { AnswersPage } from 'src/common/http/page-answer';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { QrQuery } from 'src/common/qr/qr-query';
import { LabelSheetQuery } from './machine.dto';
import { MachineLabelService } from './machine-label.service';
import { SHEET_POLICY } from './machine-sheet.template';

@ApiTags('Administration')
@Controller('admin/machines')
@Roles('admin')
export class MachineLabelController {
  constructor(private readonly labels: MachineLabelService) {}

  @Get('qr-sheet')
  @AnswersPage(SHEET_POLICY)
  @ApiOperation({ summary: 'Labels with the QR codes of machines, to be printed on A4' })
  @Refuses({ 404: ['machine_not_found'] })
  async sheet(@Query() { id }: LabelSheetQuery, @CallerLanguage() language: Language): Promise<string> {
    return this.labels.sheet(id, language);
  }

  @Get(':id/qr.svg')
  @ApiOperation({ summary: 'The QR code of a machine' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Refuses({ 404: ['machine_not_found'] })
  async code(@Param('id', IdPipe) id: string, @Query() { size }: QrQuery): Promise<StreamableFile> {
    return new StreamableFile(await this.labels.code(id, size), { type: 'image/svg+xml' });
  }
}
