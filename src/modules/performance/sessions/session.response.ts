import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { editableUntil } from './session.rules';
import {
  SESSION_SOURCES,
  SESSION_TYPES,
  type SessionSource,
  type SessionType,
  type SourceTerms,
} from './session.types';
import type { DetectedRecord, SessionView } from './session-view.service';

export class ExerciseSetResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  exercise_slug: string;
  /** In the language of the caller. */
  exercise_name: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  machine_id: string | null;
  @ApiProperty({ type: 'integer' })
  set_order: number;
  @ApiProperty({ type: 'integer', description: 'How many alike' })
  sets_count: number;
  @ApiProperty({ type: 'integer', nullable: true })
  reps: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms; 0 = body weight' })
  weight_kg: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  duration_seconds: number | null;
  @ApiProperty({ type: String, nullable: true })
  notes: string | null;
  /** The heaviest of its session, and heavier than everything before. */
  is_pr: boolean;

  static from({ exercise, ...set }: SessionView['sets'][number]): ExerciseSetResponse {
    return {
      id: set.id,
      exercise_type_id: set.exerciseTypeId,
      exercise_slug: exercise.slug,
      exercise_name: exercise.name,
      machine_id: set.machineId,
      set_order: set.setOrder,
      sets_count: set.setsCount,
      reps: set.reps,
      weight_kg: set.weightKg,
      duration_seconds: set.durationSeconds,
      notes: set.notes,
      is_pr: set.isPr,
    };
  }
}

/** What the provider of an imported session allows. */
export class SourceTermsResponse {
  visible_to_coach: boolean;
  usable_for_stats: boolean;
  @ApiInstant({ nullable: true })
  keep_until: string | null;

  static from(terms: SourceTerms): SourceTermsResponse {
    return {
      visible_to_coach: terms.visibleToCoach,
      usable_for_stats: terms.usableForStats,
      keep_until: terms.keepUntil === null ? null : wireInstant(new Date(terms.keepUntil)),
    };
  }
}

export class DetectedRecordResponse {
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  exercise_name: string;
  @ApiProperty({ description: 'Kilograms' })
  weight_kg: number;

  static from({ exerciseTypeId, exerciseName, weightKg }: DetectedRecord): DetectedRecordResponse {
    return { exercise_type_id: exerciseTypeId, exercise_name: exerciseName, weight_kg: weightKg };
  }
}

export class PerformanceSessionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  user_id: string;
  @ApiProperty({ enum: SESSION_TYPES })
  session_type: SessionType;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  booking_id: string | null;
  @ApiProperty({ type: PublicUserResponse, nullable: true, description: 'The coach who entered it; null = its owner' })
  entered_by: PublicUserResponse | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  gym_id: string | null;
  @ApiInstant({ description: 'When it took place' })
  date: string;
  @ApiProperty({ type: 'integer', nullable: true })
  duration_min: number | null;
  @ApiProperty({ type: 'integer', nullable: true, minimum: 1, maximum: 5 })
  feeling: number | null;
  @ApiProperty({ enum: SESSION_SOURCES })
  source: SessionSource;
  @ApiProperty({ type: SourceTermsResponse, nullable: true })
  source_terms: SourceTermsResponse | null;
  @ApiProperty({ type: String, nullable: true })
  strava_activity_id: string | null;
  @ApiProperty({ description: 'Kilograms: sets × repetitions × weight' })
  total_volume_kg: number;
  @ApiInstant({ description: 'The last moment at which its author may change it' })
  editable_until: string;
  @ApiInstant()
  created_at: string;
  exercise_sets: ExerciseSetResponse[];
  @ApiProperty({
    type: [DetectedRecordResponse],
    description: 'Records that this write has set; empty when it is read',
  })
  prs_detected: DetectedRecordResponse[];

  static from({ session, enteredBy, sets, detected }: SessionView): PerformanceSessionResponse {
    return {
      id: session.id,
      user_id: session.userId,
      session_type: session.sessionType,
      booking_id: session.bookingId,
      entered_by: enteredBy && PublicUserResponse.from(enteredBy),
      gym_id: session.gymId,
      date: wireInstant(session.trainedAt),
      duration_min: session.durationMin,
      feeling: session.feeling,
      source: session.source,
      source_terms: session.sourceTerms && SourceTermsResponse.from(session.sourceTerms),
      strava_activity_id: session.source === 'strava' ? session.externalId : session.stravaActivityId,
      total_volume_kg: session.totalVolumeKg,
      editable_until: wireInstant(editableUntil(session.createdAt)),
      created_at: wireInstant(session.createdAt),
      exercise_sets: sets.map((set) => ExerciseSetResponse.from(set)),
      prs_detected: detected.map((record) => DetectedRecordResponse.from(record)),
    };
  }
}

export class PerformanceSessionPage extends PageResponse(PerformanceSessionResponse) {}
