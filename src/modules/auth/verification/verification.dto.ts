import { EmailAddress } from 'src/common/http/domain-fields';
import { Optional, Text } from 'src/common/http/fields';

export class VerifyEmailQuery {
  @Text({ min: 1, max: 200 })
  token: string;
}

export class VerificationMailDto {
  /** Needed without a key. */
  @Optional()
  @EmailAddress()
  email?: string;
}
