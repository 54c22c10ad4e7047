import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { EXPORT_FORMATS, type ExportFormat, type ExportLink } from './export.types';

export class ExportLinkResponse {
  /** Opens this export alone, without a key. */
  token: string;
  @ApiProperty({ enum: EXPORT_FORMATS })
  format: ExportFormat;
  @ApiInstant()
  expires_at: string;
  @ApiProperty({ format: 'uri' })
  download_url: string;

  static from(link: ExportLink): ExportLinkResponse {
    return {
      token: link.token,
      format: link.format,
      expires_at: wireInstant(link.expiresAt),
      download_url: link.url,
    };
  }
}
