import { Choice, Decimal, Flag, Id, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { Items } from 'src/common/http/list-fields';
import { PageQuery } from 'src/common/paging/page';
import { type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import { PLAN_GOALS, type PlanGoal } from 'src/modules/program/generator/generator.types';
import type { SessionDraft } from './plan.types';

const MOST = 50;

export class PlannedExerciseDto {
  @Id()
  exercise_type_id: string;

  @Optional()
  @Whole(1, 20)
  target_sets: number = 3;

  /** Minutes where the exercise is cardio or yoga. */
  @Optional()
  @Whole(1, 200)
  target_reps: number = 10;

  /** Kilograms. */
  @Nullable()
  @Decimal(0, 9_999)
  target_weight_kg?: number | null;

  /** Its place in the list, from 0, where it is not given. */
  @Optional()
  @Whole(0, 999)
  order_index?: number;
}

export class PlannedSessionDto {
  /** 0 is Monday. */
  @Whole(0, 6)
  day_of_week: number;

  @Text({ min: 2, max: 100 })
  session_name: string;

  @Nullable()
  @Whole(10, 240)
  estimated_duration_min?: number | null;

  @Optional()
  @Whole(30, 300)
  rest_seconds: number = 90;

  @Optional()
  @Items(PlannedExerciseDto, MOST)
  planned_exercises: PlannedExerciseDto[] = [];
}

export class CreatePlanDto {
  @Text({ min: 2, max: 200 })
  name: string;

  @Nullable()
  @Text({ max: 1000, multiline: true })
  description?: string | null;

  @Optional()
  @Whole(1, 52)
  duration_weeks: number = 4;

  @Optional()
  @Choice(LEVELS)
  level: Level = 'beginner';

  @Optional()
  @Choice(PLAN_GOALS)
  goal: PlanGoal = 'well_being';

  @Optional()
  @Items(PlannedSessionDto, MOST)
  planned_sessions: PlannedSessionDto[] = [];
}

export class UpdatePlanDto {
  @Optional()
  @Text({ min: 2, max: 200 })
  name?: string;

  @Nullable()
  @Text({ max: 1000, multiline: true })
  description?: string | null;

  @Optional()
  @Whole(1, 52)
  duration_weeks?: number;

  @Optional()
  @Choice(LEVELS)
  level?: Level;

  @Optional()
  @Choice(PLAN_GOALS)
  goal?: PlanGoal;

  /** Replaces all. What stays the same exercise keeps what was adjusted for each client. */
  @Optional()
  @Items(PlannedSessionDto, MOST)
  planned_sessions?: PlannedSessionDto[];
}

export class DuplicatePlanDto {
  /** As the plan is called, and that it is a copy, where it is not given. */
  @Optional()
  @Text({ min: 2, max: 200 })
  name?: string;
}

export class ListPlansQuery extends PageQuery {
  @Optional()
  @Flag({ query: true })
  include_archived: boolean = false;
}

/** The week as it is stored. */
export function draftsIn(dtos: readonly PlannedSessionDto[]): SessionDraft[] {
  return dtos.map((dto, orderIndex) => ({
    dayOfWeek: dto.day_of_week,
    name: dto.session_name,
    estimatedDurationMin: dto.estimated_duration_min ?? null,
    restSeconds: dto.rest_seconds,
    orderIndex,
    exercises: dto.planned_exercises.map((exercise, place) => ({
      exerciseTypeId: exercise.exercise_type_id,
      targetSets: exercise.target_sets,
      targetReps: exercise.target_reps,
      targetWeightKg: exercise.target_weight_kg ?? null,
      orderIndex: exercise.order_index ?? place,
    })),
  }));
}
