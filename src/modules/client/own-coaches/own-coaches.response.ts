import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from 'src/common/paging/page';
import { CoachCardResponse } from 'src/modules/client/search/coach-card.response';
import { RelationResponse } from 'src/modules/coach/relations/relation.response';
import type { OwnCoach } from './own-coaches.service';

/** A coach seen by his client. */
export class MyCoachResponse {
  coach: CoachCardResponse;
  relation: RelationResponse;
  @ApiProperty({ type: 'integer', description: 'Bought from this coach and not consumed' })
  sessions_remaining: number;

  static from({ card, relation, sessionsRemaining }: OwnCoach): MyCoachResponse {
    return {
      coach: CoachCardResponse.from(card),
      relation: RelationResponse.from(relation),
      sessions_remaining: sessionsRemaining,
    };
  }
}

export class MyCoachPage extends PageResponse(MyCoachResponse) {}
