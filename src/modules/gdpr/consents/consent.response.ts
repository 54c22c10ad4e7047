import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { type Consent, CONSENT_TYPES, type ConsentType } from './consent.types';

/** What somebody said of a consent, at one moment. */
export class ConsentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: CONSENT_TYPES })
  type: ConsentType;
  version: string;
  @ApiProperty({ description: 'False: refused, or taken back' })
  accepted: boolean;
  @ApiInstant({ description: 'When it was said' })
  accepted_at: string;

  static from({ id, type, version, accepted, acceptedAt }: Consent): ConsentResponse {
    return { id, type, version, accepted, accepted_at: wireInstant(acceptedAt) };
  }
}

export class ConsentPage extends PageResponse(ConsentResponse) {}
