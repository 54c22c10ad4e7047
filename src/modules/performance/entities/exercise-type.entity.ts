import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Level } from 'src/modules/client/profile/profile.types';
import type { Equipment } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import type { MachineType } from 'src/modules/performance/machines/machine.types';

/** An exercise of the catalogue. Its id is made of its slug, so that it is the same in every database. */
@Entity('exercise_types')
@Unique('exercise_types_slug', ['slug'])
@Index('exercise_types_kind', ['category', 'difficulty'])
export class ExerciseType {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  slug: string;

  @Column({ type: 'text' })
  category: ExerciseCategory;

  @Column({ type: 'text' })
  difficulty: Level;

  /** All that it needs beyond the body. */
  @Column({ type: 'text', array: true })
  equipment: Equipment[];

  /** What it can be done on. */
  @Column({ type: 'text', array: true, default: '{}' })
  machineTypes: MachineType[];

  /** Of a published video. */
  @Column({ type: 'text', nullable: true })
  videoUrl: string | null;

  @Column({ type: 'text', nullable: true })
  thumbnailUrl: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
