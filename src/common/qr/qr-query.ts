import { ApiProperty } from '@nestjs/swagger';
import { Optional, Whole } from 'src/common/http/fields';

/** How large a code shall be. */
export class QrQuery {
  @Optional()
  @Whole(128, 1024, { query: true })
  @ApiProperty({ description: 'Pixels of a side.', default: 512 })
  size: number = 512;
}
