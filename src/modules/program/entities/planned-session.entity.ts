import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** One training of a plan's week. */
@Entity('planned_sessions')
@Unique('planned_sessions_plan', ['id', 'planId'])
@Index('planned_sessions_plan_id', ['planId', 'orderIndex'])
export class PlannedSession {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  planId: string;

  /** 0 is Monday. */
  @Column('smallint')
  dayOfWeek: number;

  /** Of a generated plan the key of a translated text. */
  @Column('text')
  name: string;

  @Column('smallint', { nullable: true })
  estimatedDurationMin: number | null;

  @Column('smallint')
  restSeconds: number;

  /** From 0. */
  @Column('smallint')
  orderIndex: number;
}
