import { Choice, Optional, Text } from 'src/common/http/fields';
import { EXPORT_FORMATS, type ExportFormat } from './export.types';

export class ExportQuery {
  @Optional()
  @Choice(EXPORT_FORMATS)
  format?: ExportFormat;
}

export class CreateExportLinkDto {
  @Optional()
  @Choice(EXPORT_FORMATS)
  format?: ExportFormat;
}

export class DownloadQuery {
  @Text({ min: 1, max: 500 })
  token: string;
}
