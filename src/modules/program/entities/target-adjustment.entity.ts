import { DECIMAL } from 'src/common/columns/decimal';
import type { AdjustmentReason } from 'src/modules/program/progression/adjustment-reason.types';
import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A target weight that was changed for one person; the plan stays as it is for the others. */
@Entity('target_adjustments')
@Unique('target_adjustments_once', ['sessionId', 'clientId', 'assignmentId', 'plannedExerciseId'])
@Index('target_adjustments_assignment_id', ['assignmentId', 'planId', 'clientId', 'position'])
@Index('target_adjustments_planned_exercise_id', ['plannedExerciseId', 'planId', 'exerciseTypeId'])
export class TargetAdjustment {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  assignmentId: string;

  @Column('uuid')
  planId: string;

  @Column('uuid')
  clientId: string;

  /** Null = the coach has taken it out of the plan since. */
  @Column('uuid', { nullable: true })
  plannedExerciseId: string | null;

  @Index('target_adjustments_exercise_type_id')
  @Column('uuid')
  exerciseTypeId: string;

  /** Null = there was no target weight before. */
  @Column('numeric', { precision: 6, scale: 2, nullable: true, transformer: DECIMAL })
  fromKg: number | null;

  @Column('numeric', { precision: 6, scale: 2, transformer: DECIMAL })
  toKg: number;

  /** The key of its text, and the figures in it. */
  @Column('jsonb')
  reason: AdjustmentReason;

  /** The session that led to it; null = removed since. */
  @Column('uuid', { nullable: true })
  sessionId: string | null;

  /** When the latest session that was looked at took place. */
  @Column('timestamptz')
  countedUntil: Date;

  /** Grows with every adjustment: two may have the same moment. A bigint, as pg hands it out. */
  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  position: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  refusedAt: Date | null;
}
