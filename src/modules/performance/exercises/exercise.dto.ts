import { Choice, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import { MUSCLE_GROUPS, type MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import { MACHINE_TYPES, type MachineType } from 'src/modules/performance/machines/machine.types';
import { EXERCISE_CATEGORIES, type ExerciseCategory, MUSCLE_ROLES, type MuscleRole } from './exercise.types';

export class ExerciseListQuery extends PageQuery {
  /** Words of the name in the caller’s language, or of the slug, whatever their case and accents. */
  @Optional()
  @Text({ min: 1, max: 100 })
  q?: string;

  @Optional()
  @Choice(EXERCISE_CATEGORIES)
  category?: ExerciseCategory;

  @Optional()
  @Choice(LEVELS)
  difficulty?: Level;

  /** A muscle that it works; in which part says `muscle_role`. */
  @Optional()
  @Choice(MUSCLE_GROUPS)
  muscle_group?: MuscleGroup;

  @Optional()
  @Choice(MUSCLE_ROLES)
  muscle_role?: MuscleRole;

  /** What can be done on such a machine. */
  @Optional()
  @Choice(MACHINE_TYPES)
  machine_type?: MachineType;
}
