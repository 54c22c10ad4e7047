import type { Plan } from 'src/modules/program/entities/plan.entity';
import type { PlannedExercise } from 'src/modules/program/entities/planned-exercise.entity';
import type { PlannedSession } from 'src/modules/program/entities/planned-session.entity';
import type { NoteRule } from 'src/modules/program/generator/generator.types';

/** A planned exercise, but for when its target was changed. */
export type WeekExercise = Omit<PlannedExercise, 'targetChangedAt' | 'weightChangedAt'>;

/** A planned exercise that has no row yet. */
export type ExerciseDraft = Omit<WeekExercise, 'id' | 'planId' | 'sessionId'>;

/** A planned session that has no row yet, with its exercises in order. */
export interface SessionDraft extends Omit<PlannedSession, 'id' | 'planId'> {
  exercises: ExerciseDraft[];
}

/** The rows of a plan's week, each in order. */
export interface Week {
  sessions: PlannedSession[];
  exercises: WeekExercise[];
}

/** A note in the words of one language. */
export interface NoteView {
  rule: NoteRule;
  /** 0 is Monday; null when it concerns the whole plan. */
  dayOfWeek: number | null;
  message: string;
}

export interface PlannedExerciseView extends WeekExercise {
  slug: string;
  /** In the language of the reader. */
  exerciseName: string;
  /** As the plan has it for everybody; `targetWeightKg` is the reader's. */
  plannedKg: number | null;
  /** Its target is minutes, not repetitions. */
  isTimed: boolean;
}

export interface PlannedSessionView extends PlannedSession {
  exercises: PlannedExerciseView[];
}

/** A plan in the words of one language; those of a coach are as he wrote them. */
export interface PlanView extends Omit<Plan, 'notes'> {
  notes: NoteView[];
  sessions: PlannedSessionView[];
}

/** A plan in a list. */
export interface PlanSummary extends Plan {
  sessionsCount: number;
  /** Who follows it now. */
  assignedClientsCount: number;
}
