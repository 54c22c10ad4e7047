import { DECIMAL } from 'src/common/columns/decimal';
import type { SessionSource, SessionType, SourceTerms } from 'src/modules/performance/sessions/session.types';
import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A training session that took place. */
@Entity('performance_sessions')
@Unique('performance_sessions_once', ['userId', 'source', 'externalId'])
@Unique('performance_sessions_owner', ['id', 'userId'])
export class PerformanceSession {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Whose training it is. */
  @Column('uuid')
  userId: string;

  /** The coach who wrote it; null = its owner. */
  @Column('uuid', { nullable: true })
  enteredBy: string | null;

  @Column('text')
  sessionType: SessionType;

  @Column('uuid', { nullable: true })
  bookingId: string | null;

  /** The coach of the booking. */
  @Column('uuid', { nullable: true })
  bookingCoachId: string | null;

  @Column('uuid', { nullable: true })
  gymId: string | null;

  @Column('timestamptz')
  trainedAt: Date;

  @Column('smallint', { nullable: true })
  durationMin: number | null;

  /** 1–5. */
  @Column('smallint', { nullable: true })
  feeling: number | null;

  @Column('text')
  source: SessionSource;

  /** What the source calls it. */
  @Column('text', { nullable: true })
  externalId: string | null;

  /** What Strava calls the activity that it was pushed as. */
  @Column('text', { nullable: true })
  stravaActivityId: string | null;

  @Column('jsonb', { nullable: true })
  sourceTerms: SourceTerms | null;

  @Column('numeric', { precision: 16, scale: 2, transformer: DECIMAL })
  totalVolumeKg: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
