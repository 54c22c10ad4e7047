import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from 'src/common/paging/page';
import { type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import {
  type Equipment,
  EQUIPMENT,
  MUSCLE_GROUPS,
  type MuscleGroup,
} from 'src/modules/client/questionnaire/questionnaire.types';
import {
  type Exercise,
  EXERCISE_CATEGORIES,
  type ExerciseCategory,
  MUSCLE_ROLES,
  type MuscleRole,
} from './exercise.types';

export class ExerciseMuscleResponse {
  @ApiProperty({ enum: MUSCLE_GROUPS })
  muscle_group: MuscleGroup;
  @ApiProperty({ enum: MUSCLE_ROLES })
  role: MuscleRole;
}

/** An exercise in the caller’s language. */
export class ExerciseResponse {
  id: string;
  slug: string;
  name: string;
  @ApiProperty({ enum: EXERCISE_CATEGORIES })
  category: ExerciseCategory;
  @ApiProperty({ enum: LEVELS })
  difficulty: Level;
  /** All that it needs beyond the body. */
  @ApiProperty({ enum: EQUIPMENT, isArray: true })
  equipment: Equipment[];
  /** Of a published video. */
  video_url: string | null;
  thumbnail_url: string | null;
  /** Steps, in order. */
  instructions: string[];
  /** The primary ones first. */
  muscles: ExerciseMuscleResponse[];

  static from(exercise: Exercise): ExerciseResponse {
    return {
      id: exercise.id,
      slug: exercise.slug,
      name: exercise.name,
      category: exercise.category,
      difficulty: exercise.difficulty,
      equipment: exercise.equipment,
      video_url: exercise.videoUrl,
      thumbnail_url: exercise.thumbnailUrl,
      instructions: exercise.instructions,
      muscles: exercise.muscles.map(({ muscleGroup, role }) => ({ muscle_group: muscleGroup, role })),
    };
  }
}

export class ExercisePage extends PageResponse(ExerciseResponse) {}
