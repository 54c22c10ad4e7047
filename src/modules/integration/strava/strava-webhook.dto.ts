import { ApiProperty } from '@nestjs/swagger';
import { Optional, Text } from 'src/common/http/fields';

/** A missing word is a wrong one: the answer is the same. */
export class StravaHandshakeQuery {
  @Optional()
  @Text({ max: 100 })
  'hub.mode' = '';

  @Optional()
  @Text({ max: 255 })
  'hub.challenge' = '';

  @Optional()
  @Text({ max: 255 })
  'hub.verify_token' = '';
}

export class StravaHandshakeResponse {
  @ApiProperty()
  'hub.challenge': string;
}
