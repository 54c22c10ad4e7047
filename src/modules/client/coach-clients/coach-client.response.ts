import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { ClientProfileResponse } from 'src/modules/client/profile/profile.response';
import { type Goal, GOALS } from 'src/modules/client/profile/profile.types';
import { QuestionnaireResponse } from 'src/modules/client/questionnaire/questionnaire.response';
import { RelationResponse } from 'src/modules/coach/relations/relation.response';
import { RELATION_STATUSES, type RelationStatus } from 'src/modules/coach/relations/relation.types';
import { SocialLinkResponse } from 'src/modules/social/links/link.response';
import type { ClientView } from './coach-client.types';
import type { ClientDetail } from './coach-client-detail.service';

/** A client as the coach sees him; what the relation does not open yet, or no more, is null. */
export class ClientSummaryResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  first_name: string;
  last_name: string;
  name: string;
  email: string | null;
  phone: string | null;
  resolved_photo_url: string;
  @ApiProperty({ enum: RELATION_STATUSES })
  relation_status: RelationStatus;
  @ApiProperty({ enum: GOALS, nullable: true })
  goal: Goal | null;
  /** The coach's own. */
  note: string | null;
  /** Sessions of active packages that are not consumed yet. */
  @ApiProperty({ type: 'integer' })
  sessions_remaining: number;
  @ApiInstant({ nullable: true, description: 'Start of the latest session done' })
  last_session_at: string | null;
  @ApiInstant({ nullable: true, description: 'Start of the next session, asked for or confirmed' })
  next_session_at: string | null;
  @ApiInstant({ description: 'Start of the relation' })
  created_at: string;

  static from(view: ClientView): ClientSummaryResponse {
    const { id, first_name, last_name, name, resolved_photo_url } = PublicUserResponse.from(view.person);
    return {
      id,
      first_name,
      last_name,
      name,
      email: view.email,
      phone: view.phone,
      resolved_photo_url,
      relation_status: view.relation.status,
      goal: view.goal,
      note: view.note,
      sessions_remaining: view.sessionsRemaining,
      last_session_at: wireInstantOrNull(view.lastSessionAt),
      next_session_at: wireInstantOrNull(view.nextSessionAt),
      created_at: wireInstant(view.relation.createdAt),
    };
  }
}

export class ClientSummaryPage extends PageResponse(ClientSummaryResponse) {}

export class ClientDetailResponse extends ClientSummaryResponse {
  relation: RelationResponse;
  @ApiProperty({ type: ClientProfileResponse, nullable: true })
  profile: ClientProfileResponse | null;
  @ApiProperty({ type: QuestionnaireResponse, nullable: true })
  questionnaire: QuestionnaireResponse | null;
  /** Sessions done with this coach. */
  @ApiProperty({ type: 'integer' })
  sessions_count: number;
  /** Who else trains this client now. */
  other_coaches: PublicUserResponse[];
  /** The public ones; while the relation is active also those for coaches. */
  social_links: SocialLinkResponse[];

  static of({ view, profile, questionnaire, otherCoaches, socialLinks }: ClientDetail): ClientDetailResponse {
    return {
      ...ClientSummaryResponse.from(view),
      relation: RelationResponse.from(view.relation),
      profile: profile && ClientProfileResponse.from(profile, false),
      questionnaire: questionnaire && QuestionnaireResponse.from(questionnaire),
      sessions_count: view.sessionsCount,
      other_coaches: otherCoaches.map((coach) => PublicUserResponse.from(coach)),
      social_links: socialLinks.map((link) => SocialLinkResponse.from(link)),
    };
  }
}
