import { Optional, Text } from 'src/common/http/fields';

export class RestoreDto {
  /** Of the mail; without it the account of the key. */
  @Optional()
  @Text({ min: 1, max: 200 })
  token?: string;
}
