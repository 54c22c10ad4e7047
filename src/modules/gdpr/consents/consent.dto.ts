import { Choice, Flag, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { CONSENT_TYPES, type ConsentType } from './consent.types';

export class GiveConsentDto {
  @Choice(CONSENT_TYPES, 'invalid_consent_type')
  type: ConsentType;

  /** Of the wording that was shown; without it today’s. */
  @Optional()
  @Text({ min: 1, max: 20 })
  version?: string;

  @Flag()
  accepted: boolean;
}

export class ConsentsQuery extends PageQuery {
  @Optional()
  @Choice(CONSENT_TYPES, 'invalid_consent_type')
  type?: ConsentType;
}
