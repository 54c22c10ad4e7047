import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { type Relation, RELATION_STATUSES, type RelationStatus } from './relation.types';

/** A relation as both of its people see it. */
export class RelationResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  @ApiProperty({ enum: RELATION_STATUSES })
  status: RelationStatus;
  /** The client may book single sessions whatever prices are public; the coach decides. */
  allow_unit_booking: boolean;
  /** The coach may see all performances; the client decides. */
  share_performances: boolean;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(relation: Relation): RelationResponse {
    return {
      id: relation.id,
      coach_id: relation.coachId,
      client_id: relation.clientId,
      status: relation.status,
      allow_unit_booking: relation.allowUnitBooking,
      share_performances: relation.sharePerformances,
      created_at: wireInstant(relation.createdAt),
      updated_at: wireInstant(relation.updatedAt),
    };
  }
}
