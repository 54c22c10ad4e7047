import { ApiProperty } from '@nestjs/swagger';
import { type ExerciseProgress, type Progress, TARGET_RESULTS, type TargetResult } from './progress.types';

export class ExerciseProgressResponse {
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  /** In the language of the caller. */
  exercise_name: string;
  @ApiProperty({ type: 'integer' })
  target_sets: number;
  @ApiProperty({ type: 'integer', description: 'Minutes where the exercise is cardio or yoga' })
  target_reps: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms, of this client' })
  target_weight_kg: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the heaviest set of the latest training' })
  actual_reps: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms, of that set' })
  actual_weight_kg: number | null;
  @ApiProperty({ enum: TARGET_RESULTS })
  status: TargetResult;

  static from(exercise: ExerciseProgress): ExerciseProgressResponse {
    return {
      exercise_type_id: exercise.exerciseTypeId,
      exercise_name: exercise.exerciseName,
      target_sets: exercise.targetSets,
      target_reps: exercise.targetReps,
      target_weight_kg: exercise.targetWeightKg,
      actual_reps: exercise.actualReps,
      actual_weight_kg: exercise.actualWeightKg,
      status: exercise.status,
    };
  }
}

/** How far a client is with a plan. */
export class ProgramProgressResponse {
  @ApiProperty({ format: 'uuid' })
  plan_id: string;
  @ApiProperty({ type: 'integer', description: 'In the weeks that have begun' })
  planned_sessions: number;
  @ApiProperty({ type: 'integer' })
  completed_sessions: number;
  @ApiProperty({ minimum: 0, maximum: 100, multipleOf: 0.1 })
  completion_pct: number;
  @ApiProperty({ type: 'integer', description: 'From 1; 0 before the start' })
  current_week: number;
  @ApiProperty({ type: 'integer' })
  total_weeks: number;
  exercises: ExerciseProgressResponse[];

  static from(progress: Progress): ProgramProgressResponse {
    return {
      plan_id: progress.planId,
      planned_sessions: progress.plannedSessions,
      completed_sessions: progress.completedSessions,
      completion_pct: progress.completionPct,
      current_week: progress.currentWeek,
      total_weeks: progress.totalWeeks,
      exercises: progress.exercises.map((exercise) => ExerciseProgressResponse.from(exercise)),
    };
  }
}
