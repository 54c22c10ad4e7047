import { DECIMAL } from 'src/common/columns/decimal';
import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One line of a session: so many sets of an exercise, alike. */
@Entity('exercise_sets')
@Unique('exercise_sets_position', ['sessionId', 'userId', 'position'])
@Index('exercise_sets_exercise', ['userId', 'exerciseTypeId'])
export class ExerciseSet {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  sessionId: string;

  /** The owner of the session. */
  @Column('uuid')
  userId: string;

  @Index('exercise_sets_exercise_type_id')
  @Column('uuid')
  exerciseTypeId: string;

  @Column('uuid', { nullable: true })
  machineId: string | null;

  /** 1, 2, 3 … in the list that was sent. */
  @Column('smallint')
  position: number;

  /** 1–50, as it was sent. */
  @Column('smallint')
  setOrder: number;

  @Column('smallint')
  setsCount: number;

  @Column('integer', { nullable: true })
  reps: number | null;

  /** Of each repetition; 0 = body weight. */
  @Column('numeric', { precision: 6, scale: 2, nullable: true, transformer: DECIMAL })
  weightKg: number | null;

  @Column('integer', { nullable: true })
  durationSeconds: number | null;

  @Column('text', { nullable: true })
  notes: string | null;

  /** It set a personal record (rules §11.4). */
  @Column('boolean', { default: false })
  isPr: boolean;
}
