import type { AssignMode } from 'src/modules/program/assignments/assign-mode.types';
import type { PlanSource } from 'src/modules/program/plans/plan-source.types';
import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** That somebody follows a plan, or has followed it. */
@Entity('plan_assignments')
@Unique('plan_assignments_client', ['id', 'planId', 'clientId'])
@Index('plan_assignments_plan_id', ['planId', 'planSource', 'planOwnerId'])
@Index('plan_assignments_client_id', ['clientId', 'position'])
@Index('plan_assignments_one_generated', ['clientId'], { unique: true, where: `active AND plan_source = 'ai'` })
export class PlanAssignment {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  planId: string;

  @Column('text')
  planSource: PlanSource;

  /** The coach who assigned it; of a generated plan the client himself. */
  @Column('uuid')
  planOwnerId: string;

  @Column('uuid')
  clientId: string;

  /** `YYYY-MM-DD`, in the client's zone. */
  @Column('date')
  startDate: string;

  @Column('text')
  mode: AssignMode;

  @Column('boolean')
  active: boolean;

  /** Grows with every assignment: two may have the same moment. A bigint, as pg hands it out. */
  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  position: string;

  @Column('timestamptz')
  createdAt: Date;

  /** When another one took its place, or the relation with its coach ended; null while it is active. */
  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;
}
