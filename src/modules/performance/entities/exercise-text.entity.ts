import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from 'src/common/i18n/languages';

/** The words of an exercise in one language. */
@Entity('exercise_texts')
export class ExerciseText {
  @PrimaryColumn('uuid')
  exerciseTypeId: string;

  @PrimaryColumn('text')
  language: Language;

  @Column({ type: 'text' })
  name: string;

  /** Steps, in order. */
  @Column({ type: 'text', array: true })
  instructions: string[];
}
