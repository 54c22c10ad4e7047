import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A stretch `[startsAt, endsAt)` in which a coach takes no sessions. Several may overlap. */
@Entity('time_offs')
@Index('time_offs_coach_id', ['coachId', 'endsAt', 'startsAt'])
export class TimeOff {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  @Column('timestamptz')
  startsAt: Date;

  @Column('timestamptz')
  endsAt: Date;

  /** The coach's own business. Encrypted in the table, plain once the repository has read it. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
