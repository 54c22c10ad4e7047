import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { PushedSport } from 'src/modules/integration/strava/strava.types';

/** `sending`: by whoever holds the claim. `unclear`: sent, and nobody knows whether it arrived. */
export type PushState = 'sending' | 'unclear' | 'pushed';

/** A session on its way to Strava, or there. */
@Entity('strava_pushes')
@Unique('strava_pushes_session_id', ['sessionId'])
@Unique('strava_pushes_activity', ['userId', 'activityId'])
export class StravaPush {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  /** Null = the session was deleted here. Its activity is still ours, and not to be imported. */
  @Column('uuid', { nullable: true })
  sessionId: string | null;

  @Column('text')
  state: PushState;

  /** Who is sending it. */
  @Column('uuid')
  claim: string;

  @Column('timestamptz')
  claimedAt: Date;

  @Column('text')
  name: string;

  @Column('text')
  sportType: PushedSport;

  /** The wall clock that Strava was told. */
  @Column('text')
  startDateLocal: string;

  @Column('integer')
  elapsedSeconds: number;

  /** What Strava calls it; null until that is known. */
  @Column('text', { nullable: true })
  activityId: string | null;
}
