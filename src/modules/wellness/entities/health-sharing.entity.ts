import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person lets a coach see the values of a parameter. Whoever takes that back removes the row. */
@Entity('health_sharings')
@Index('health_sharings_coach_id', ['coachId'])
@Index('health_sharings_parameter_id', ['parameterId'])
export class HealthSharing {
  @PrimaryColumn('uuid')
  userId: string;

  @PrimaryColumn('uuid')
  coachId: string;

  @PrimaryColumn('uuid')
  parameterId: string;

  @Column('timestamptz')
  sharedAt: Date;
}
