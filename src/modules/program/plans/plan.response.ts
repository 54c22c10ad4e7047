import { HttpStatus } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from 'src/common/http/answer';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import { NOTE_RULES, type NoteRule, PLAN_GOALS, type PlanGoal } from 'src/modules/program/generator/generator.types';
import { PLAN_SOURCES, type PlanSource } from './plan-source.types';
import type { NoteView, PlannedExerciseView, PlannedSessionView, PlanSummary, PlanView } from './plan.types';

export class PlannedExerciseResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  exercise_type_id: string;
  exercise_slug: string;
  /** In the language of the caller. */
  exercise_name: string;
  @ApiProperty({ type: 'integer' })
  target_sets: number;
  @ApiProperty({ type: 'integer', description: 'Minutes where the exercise is cardio or yoga' })
  target_reps: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Kilograms' })
  target_weight_kg: number | null;
  @ApiProperty({ type: 'integer' })
  order_index: number;

  static from(exercise: PlannedExerciseView): PlannedExerciseResponse {
    return {
      id: exercise.id,
      exercise_type_id: exercise.exerciseTypeId,
      exercise_slug: exercise.slug,
      exercise_name: exercise.exerciseName,
      target_sets: exercise.targetSets,
      target_reps: exercise.targetReps,
      target_weight_kg: exercise.targetWeightKg,
      order_index: exercise.orderIndex,
    };
  }
}

export class PlannedSessionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 6, description: '0 is Monday' })
  day_of_week: number;
  session_name: string;
  @ApiProperty({ type: 'integer', nullable: true })
  estimated_duration_min: number | null;
  @ApiProperty({ type: 'integer' })
  rest_seconds: number;
  @ApiProperty({ type: 'integer', description: 'From 0' })
  order_index: number;
  planned_exercises: PlannedExerciseResponse[];

  static from(session: PlannedSessionView): PlannedSessionResponse {
    return {
      id: session.id,
      day_of_week: session.dayOfWeek,
      session_name: session.name,
      estimated_duration_min: session.estimatedDurationMin,
      rest_seconds: session.restSeconds,
      order_index: session.orderIndex,
      planned_exercises: session.exercises.map((exercise) => PlannedExerciseResponse.from(exercise)),
    };
  }
}

/** What a generated plan could not keep. */
export class PlanNoteResponse {
  @ApiProperty({ enum: NOTE_RULES })
  rule: NoteRule;
  @ApiProperty({ type: 'integer', nullable: true, description: '0 is Monday; null = the whole plan' })
  day_of_week: number | null;
  /** In the language of the caller. */
  message: string;

  static from({ rule, dayOfWeek, message }: NoteView): PlanNoteResponse {
    return { rule, day_of_week: dayOfWeek, message };
  }
}

class PlanHead {
  @ApiProperty({ format: 'uuid' })
  id: string;
  name: string;
  @ApiProperty({ type: String, nullable: true })
  description: string | null;
  @ApiProperty({ type: 'integer' })
  duration_weeks: number;
  @ApiProperty({ enum: LEVELS })
  level: Level;
  @ApiProperty({ enum: PLAN_GOALS })
  goal: PlanGoal;
  @ApiProperty({ enum: PLAN_SOURCES })
  source: PlanSource;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Its coach; null = it was generated' })
  created_by: string | null;
  archived: boolean;
  /** Empty for the plans of coaches. */
  notes: PlanNoteResponse[];
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of generated plans' })
  seed: number | null;
  @ApiInstant()
  created_at: string;
}

function headOf(plan: Omit<PlanView, 'sessions'>): PlanHead {
  return {
    id: plan.id,
    name: plan.name,
    description: plan.description,
    duration_weeks: plan.durationWeeks,
    level: plan.level,
    goal: plan.goal,
    source: plan.source,
    created_by: plan.source === 'coach' ? plan.ownerId : null,
    archived: plan.archivedAt !== null,
    notes: plan.notes.map((note) => PlanNoteResponse.from(note)),
    seed: plan.seed,
    created_at: wireInstant(plan.createdAt),
  };
}

export class PlanResponse extends PlanHead {
  planned_sessions: PlannedSessionResponse[];

  static from(view: PlanView): PlanResponse {
    return {
      ...headOf(view),
      planned_sessions: view.sessions.map((session) => PlannedSessionResponse.from(session)),
    };
  }

  /** Archived, or gone. */
  static ofRemoved(view: PlanView | null): Answer<PlanResponse | undefined> {
    return view === null
      ? new Answer(HttpStatus.NO_CONTENT, undefined)
      : new Answer(HttpStatus.OK, PlanResponse.from(view));
  }
}

export class PlanSummaryResponse extends PlanHead {
  @ApiProperty({ type: 'integer' })
  sessions_count: number;
  @ApiProperty({ type: 'integer', description: 'Who follows it now' })
  assigned_clients_count: number;

  static from(summary: PlanSummary): PlanSummaryResponse {
    return {
      // Nothing of a coach's plan needs a translation, and it has no notes.
      ...headOf({ ...summary, notes: [] }),
      sessions_count: summary.sessionsCount,
      assigned_clients_count: summary.assignedClientsCount,
    };
  }
}

export class PlanPage extends PageResponse(PlanSummaryResponse) {}
