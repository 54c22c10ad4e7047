import type { Level } from 'src/modules/client/profile/profile.types';
import type { Equipment, MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';

export const PLAN_GOALS = ['lose_weight', 'muscle_gain', 'endurance', 'well_being', 'maintenance', 'rehab'] as const;
export type PlanGoal = (typeof PLAN_GOALS)[number];

/** What the generator must know of an exercise. */
export interface CatalogueExercise {
  id: string;
  slug: string;
  category: ExerciseCategory;
  difficulty: Level;
  /** All that it needs beyond the body. */
  equipment: readonly Equipment[];
  /** Its primary muscles alone. */
  primary: readonly MuscleGroup[];
}

/** What a plan is made for; `wishesOf` makes it of a questionnaire. */
export interface Wishes {
  goal: PlanGoal;
  level: Level;
  /** Sessions a week, 1 to 7. */
  frequency: number;
  /** Minutes of a session; more than 120 is planned as 120. */
  durationMin: number;
  /** Empty, or with `full_gym`: everything. */
  equipment: readonly Equipment[];
  targetZones: readonly MuscleGroup[];
  injuryZones: readonly MuscleGroup[];
}

/** What a plan may miss when the catalogue cannot give it (rules §14.3), in the order in which it is given up. */
export const RELAXABLE_RULES = [
  'template_category',
  'level',
  'focus',
  'balance',
  'session_length',
  'consecutive_intensity',
  'consecutive_muscle',
] as const;
export type RelaxableRule = (typeof RELAXABLE_RULES)[number];

export const NOTE_RULES = [...RELAXABLE_RULES, 'duration_capped'] as const;
export type NoteRule = (typeof NOTE_RULES)[number];

/** Something that the plan could not keep. Its text is `program.notes.<rule>`. */
export interface PlanNote {
  rule: NoteRule;
  /** 0 is Monday; null when it concerns the whole plan. */
  dayOfWeek: number | null;
}

/** The same for each of the plan's weeks. */
export interface GeneratedPlan {
  /** Of a translated text. */
  nameKey: string;
  goal: PlanGoal;
  level: Level;
  durationWeeks: number;
  seed: number;
  /** By day. */
  sessions: GeneratedSession[];
  /** By day, those of the whole plan first. */
  notes: PlanNote[];
}

export interface GeneratedSession {
  /** 0 is Monday. */
  dayOfWeek: number;
  /** Of a translated text. */
  nameKey: string;
  estimatedDurationMin: number;
  restSeconds: number;
  /** From 0, in the order of days. */
  orderIndex: number;
  exercises: GeneratedExercise[];
}

export interface GeneratedExercise {
  exerciseTypeId: string;
  slug: string;
  targetSets: number;
  /** Repetitions; minutes where the exercise is cardio or yoga. */
  targetReps: number;
  /** From 0. */
  orderIndex: number;
  reason: ChoiceReason;
}

/** Why an exercise stands in its place: the keys by which candidates are ordered, as they are for this one. */
export interface ChoiceReason {
  /** What the place in the template asked for. */
  wantedCategory: ExerciseCategory;
  /** The muscles that the place asked for; empty when any will do. */
  wantedMuscles: readonly MuscleGroup[];
  category: ExerciseCategory;
  /** The muscle that it trains of those that its place asked for; null when it trains none of them. */
  muscle: MuscleGroup | null;
  /** The wished zone that it trains. */
  targetZone: MuscleGroup | null;
  level: Level;
  /** What it does not keep of what the plan wants. */
  relaxed: RelaxableRule[];
}
