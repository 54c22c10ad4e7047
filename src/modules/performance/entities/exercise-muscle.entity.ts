import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { MuscleRole } from 'src/modules/performance/exercises/exercise.types';

/** A muscle that an exercise works. */
@Entity('exercise_muscles')
@Index('exercise_muscles_muscle_group', ['muscleGroup', 'role'])
export class ExerciseMuscle {
  @PrimaryColumn('uuid')
  exerciseTypeId: string;

  @PrimaryColumn('text')
  muscleGroup: MuscleGroup;

  @Column({ type: 'text' })
  role: MuscleRole;
}
