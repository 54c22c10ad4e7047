import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { CoachCardResponse } from 'src/modules/client/search/coach-card.response';
import type { CoachCard } from 'src/modules/client/search/coach-card.service';
import { enrollmentLink } from './enrollment.rules';
import type { EnrollmentLink, UsableLink } from './enrollment.types';

/** A link as its coach sees it. */
export class EnrollmentTokenResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  token: string;
  label: string | null;
  @ApiInstant({ nullable: true })
  expires_at: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: without limit' })
  max_uses: number | null;
  @ApiProperty({ type: 'integer' })
  uses_count: number;
  /** Not switched off, by the coach or by its last use. */
  active: boolean;
  @ApiProperty({ example: 'mycoach://enroll/…' })
  enrollment_link: string;
  @ApiInstant()
  created_at: string;

  static from(link: EnrollmentLink): EnrollmentTokenResponse {
    return {
      id: link.id,
      token: link.token,
      label: link.label,
      expires_at: wireInstantOrNull(link.expiresAt),
      max_uses: link.maxUses,
      uses_count: link.usesCount,
      active: link.active,
      enrollment_link: enrollmentLink(link.token),
      created_at: wireInstant(link.createdAt),
    };
  }
}

export class EnrollmentTokenPage extends PageResponse(EnrollmentTokenResponse) {}

/** What a link leads to. */
export interface EnrollmentInfo {
  link: UsableLink;
  card: CoachCard;
}

export class EnrollmentInfoResponse {
  label: string | null;
  @ApiInstant({ nullable: true })
  expires_at: string | null;
  coach: CoachCardResponse;

  static from({ link, card }: EnrollmentInfo): EnrollmentInfoResponse {
    return {
      label: link.label,
      expires_at: wireInstantOrNull(link.expiresAt),
      coach: CoachCardResponse.from(card),
    };
  }
}
