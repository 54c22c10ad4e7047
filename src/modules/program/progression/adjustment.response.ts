import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { AdjustmentView } from './progression.types';

/** How a target weight was moved. */
export class AdjustmentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  /** In the language of the caller. */
  exercise_name: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms; null = there was no target weight' })
  from_kg: number | null;
  @ApiProperty({ description: 'Kilograms' })
  to_kg: number;
  /** A sentence in the language of the caller, with weights in the unit that the caller reads. */
  reason: string;
  @ApiInstant()
  at: string;
  @ApiInstant({ nullable: true })
  refused_at: string | null;

  static from(adjustment: AdjustmentView): AdjustmentResponse {
    return {
      id: adjustment.id,
      exercise_type_id: adjustment.exerciseTypeId,
      exercise_name: adjustment.exerciseName,
      from_kg: adjustment.fromKg,
      to_kg: adjustment.toKg,
      reason: adjustment.reason,
      at: wireInstant(adjustment.createdAt),
      refused_at: wireInstantOrNull(adjustment.refusedAt),
    };
  }
}

export class AdjustmentPage extends PageResponse(AdjustmentResponse) {}
