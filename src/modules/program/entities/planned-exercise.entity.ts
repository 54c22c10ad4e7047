import { DECIMAL } from 'src/common/columns/decimal';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** An exercise of a planned session, with its target for everybody who follows the plan. */
@Entity('planned_exercises')
@Unique('planned_exercises_what', ['id', 'planId', 'exerciseTypeId'])
@Index('planned_exercises_session_id', ['sessionId', 'planId'])
export class PlannedExercise {
  @PrimaryColumn('uuid')
  id: string;

  @Index('planned_exercises_plan_id')
  @Column('uuid')
  planId: string;

  @Column('uuid')
  sessionId: string;

  /** Never changes: another exercise is another row. */
  @Index('planned_exercises_exercise_type_id')
  @Column('uuid')
  exerciseTypeId: string;

  @Column('smallint')
  targetSets: number;

  /** Repetitions; minutes where the exercise is cardio or yoga. */
  @Column('smallint')
  targetReps: number;

  /** Null = none was given. */
  @Column('numeric', { precision: 6, scale: 2, nullable: true, transformer: DECIMAL })
  targetWeightKg: number | null;

  @Column('smallint')
  orderIndex: number;

  /** When sets, repetitions or weight last became others. */
  @Column('timestamptz')
  targetChangedAt: Date;

  /** When the weight did: what was adjusted until then does not hold any more. */
  @Column('timestamptz')
  weightChangedAt: Date;
}
