import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import type { Certification } from 'src/modules/coach/entities/certification.entity';
import type { PendingCertification } from './certification-review.service';

export class CertificationResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  name: string;
  organization: string | null;
  year: number | null;
  document_url: string | null;
  verified: boolean;
  /** Null = awaiting review. */
  @ApiInstant({ nullable: true })
  reviewed_at: string | null;
  rejection_reason: string | null;

  static from(certification: Certification): CertificationResponse {
    return {
      id: certification.id,
      name: certification.name,
      organization: certification.organization,
      year: certification.year,
      document_url: certification.documentUrl,
      verified: certification.verified,
      reviewed_at: wireInstantOrNull(certification.reviewedAt),
      rejection_reason: certification.rejectionReason,
    };
  }
}

/** A certification with its coach, for who judges it. */
export class PendingCertificationResponse extends CertificationResponse {
  coach: PublicUserResponse;

  static of({ certification, coach }: PendingCertification): PendingCertificationResponse {
    return { ...CertificationResponse.from(certification), coach: PublicUserResponse.from(coach) };
  }
}

export class PendingCertificationPage extends PageResponse(PendingCertificationResponse) {}
