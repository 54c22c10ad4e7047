import type { Level } from 'src/modules/client/profile/profile.types';
import type { Equipment, MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';

export const EXERCISE_CATEGORIES = [
  'strength',
  'cardio',
  'flexibility',
  'balance',
  'hiit',
  'yoga',
  'pilates',
  'rehab',
  'sport',
  'other',
] as const;
export type ExerciseCategory = (typeof EXERCISE_CATEGORIES)[number];

export const MUSCLE_ROLES = ['primary', 'secondary'] as const;
export type MuscleRole = (typeof MUSCLE_ROLES)[number];

export interface ExerciseMuscle {
  muscleGroup: MuscleGroup;
  role: MuscleRole;
}

/** An exercise of the catalogue, in the words of one language. */
export interface Exercise {
  id: string;
  slug: string;
  name: string;
  category: ExerciseCategory;
  difficulty: Level;
  /** All that it needs beyond the body. */
  equipment: Equipment[];
  /** Of a published video. */
  videoUrl: string | null;
  thumbnailUrl: string | null;
  /** Steps, in order. */
  instructions: string[];
  /** The primary ones first. */
  muscles: ExerciseMuscle[];
}
