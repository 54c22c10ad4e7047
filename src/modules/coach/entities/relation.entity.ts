import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** How a coach and a client stand to each other. */
@Entity('relations')
@Unique('relations_pair', ['coachId', 'clientId'])
@Index('relations_coach_id', ['coachId', 'status', 'clientId'])
@Index('relations_client_id', ['clientId', 'status'])
export class RelationEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid')
  clientId: string;

  @Column('text')
  status: RelationStatus;

  /** Why the coach moved it there. Encrypted. */
  @Column('text', { nullable: true })
  statusReason: string | null;

  @Column('boolean', { default: false })
  allowUnitBooking: boolean;

  @Column('boolean', { default: false })
  sharePerformances: boolean;

  @Column('timestamptz', { nullable: true })
  firstDoneAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
