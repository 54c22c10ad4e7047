import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { MUSCLE_GROUPS, type MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { BestLift, OneRepMax, Progression, ProgressionPoint, WeekFigures } from './statistics.types';

/** What could be lifted once, by two formulas from one set. */
export class OneRepMaxResponse {
  @ApiProperty({ description: 'Kilograms: weight × (1 + reps / 30), from two repetitions on' })
  epley_kg: number;
  @ApiProperty({ description: 'Kilograms: weight × 36 / (37 − reps)' })
  brzycki_kg: number;
  @ApiProperty({ format: 'uuid' })
  session_id: string;
  @ApiInstant()
  date: string;

  static from({ epleyKg, brzyckiKg, sessionId, at }: OneRepMax): OneRepMaxResponse {
    return { epley_kg: epleyKg, brzycki_kg: brzyckiKg, session_id: sessionId, date: wireInstant(at) };
  }
}

/** The heaviest set of so many repetitions. */
export class BestLiftResponse {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 15 })
  reps: number;
  @ApiProperty({ description: 'Kilograms' })
  weight_kg: number;
  @ApiInstant()
  date: string;
  @ApiProperty({ format: 'uuid' })
  session_id: string;

  static from({ reps, weightKg, at, sessionId }: BestLift): BestLiftResponse {
    return { reps, weight_kg: weightKg, date: wireInstant(at), session_id: sessionId };
  }
}

/** The exercise in one session. */
export class ProgressionPointResponse {
  @ApiInstant()
  date: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms; 0 = body weight, null = no set tells one' })
  max_weight_kg: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms, of the sets with weight and repetitions' })
  total_volume_kg: number | null;
  @ApiProperty({ type: 'integer' })
  sets_count: number;
  /** A personal record was set. */
  is_pr: boolean;

  static from(point: ProgressionPoint): ProgressionPointResponse {
    return {
      date: wireInstant(point.at),
      max_weight_kg: point.maxWeightKg,
      total_volume_kg: point.totalVolumeKg,
      sets_count: point.setsCount,
      is_pr: point.isRecord,
    };
  }
}

export class ProgressionStatsResponse {
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  exercise_slug: string;
  /** In the language of the caller. */
  exercise_name: string;
  @ApiProperty({
    type: OneRepMaxResponse,
    nullable: true,
    description: 'Of the best set of 1 to 12 repetitions with a weight; null without one',
  })
  estimated_1rm: OneRepMaxResponse | null;
  @ApiProperty({ type: [BestLiftResponse], maxItems: 15, description: 'By repetitions' })
  best_by_reps: BestLiftResponse[];
  @ApiProperty({ type: [ProgressionPointResponse], maxItems: 500, description: 'Oldest first' })
  data_points: ProgressionPointResponse[];

  static from({ exercise, oneRepMax, bestByReps, points }: Progression): ProgressionStatsResponse {
    return {
      exercise_type_id: exercise.id,
      exercise_slug: exercise.slug,
      exercise_name: exercise.name,
      estimated_1rm: oneRepMax && OneRepMaxResponse.from(oneRepMax),
      best_by_reps: bestByReps.map((lift) => BestLiftResponse.from(lift)),
      data_points: points.map((point) => ProgressionPointResponse.from(point)),
    };
  }
}

/** Monday 00:00 to the next Monday, in the time zone of the caller. */
export class WeekStatsResponse {
  @ApiProperty({ format: 'date', description: 'A Monday' })
  week_start: string;
  @ApiProperty({ type: 'integer' })
  sessions_count: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the questionnaire' })
  sessions_target: number | null;
  @ApiProperty({ type: 'integer' })
  total_duration_min: number;
  @ApiProperty({ type: Number, nullable: true, minimum: 1, maximum: 5, description: 'Two decimals' })
  avg_feeling: number | null;
  @ApiProperty({ type: 'integer' })
  total_sets: number;
  @ApiProperty({ description: 'Kilograms' })
  total_volume_kg: number;
  @ApiProperty({ enum: MUSCLE_GROUPS, isArray: true, description: 'Those that an exercise works first' })
  muscles_worked: MuscleGroup[];
  @ApiProperty({ type: 'integer', description: 'Days in a row with a session, up to today or yesterday' })
  streak_days: number;
  @ApiProperty({ description: 'Kilograms, of the whole month in which the week begins' })
  month_volume_kg: number;

  static from(week: WeekFigures): WeekStatsResponse {
    return {
      week_start: week.weekStart,
      sessions_count: week.sessionsCount,
      sessions_target: week.sessionsTarget,
      total_duration_min: week.durationMin,
      avg_feeling: week.averageFeeling,
      total_sets: week.setsCount,
      total_volume_kg: week.volumeKg,
      muscles_worked: week.muscles,
      streak_days: week.streakDays,
      month_volume_kg: week.monthVolumeKg,
    };
  }
}
