import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { PersonalRecord } from './record.types';

export class PersonalRecordResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  exercise_slug: string;
  /** In the language of the caller. */
  exercise_name: string;
  @ApiProperty({ description: 'Kilograms' })
  weight_kg: number;
  @ApiProperty({ type: 'integer', nullable: true })
  reps: number | null;
  @ApiInstant()
  achieved_at: string;
  @ApiProperty({ format: 'uuid' })
  session_id: string;

  static from(record: PersonalRecord): PersonalRecordResponse {
    return {
      id: record.id,
      exercise_type_id: record.exerciseTypeId,
      exercise_slug: record.exercise.slug,
      exercise_name: record.exercise.name,
      weight_kg: record.weightKg,
      reps: record.reps,
      achieved_at: wireInstant(record.achievedAt),
      session_id: record.sessionId,
    };
  }
}

export class PersonalRecordPage extends PageResponse(PersonalRecordResponse) {}
