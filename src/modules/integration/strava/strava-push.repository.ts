import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { StravaPush } from 'src/modules/integration/entities/strava-push.entity';

const COLUMNS = `
  p.id, p.user_id AS "userId", p.session_id AS "sessionId", p.state, p.claim, p.claimed_at AS "claimedAt", p.name,
  p.sport_type AS "sportType", p.start_date_local AS "startDateLocal", p.elapsed_seconds AS "elapsedSeconds",
  p.activity_id AS "activityId"`;

const FIND: Statement = {
  name: 'strava_push_find',
  text: `SELECT ${COLUMNS} FROM strava_pushes p WHERE p.session_id = $1 FOR UPDATE`,
};
const INSERT: Statement = {
  name: 'strava_push_insert',
  text: `INSERT INTO strava_pushes (id, user_id, session_id, state, claim, claimed_at, name, sport_type, start_date_local,
           elapsed_seconds) VALUES ($1, $2, $3, 'sending', $4, $5, $6, $7, $8, $9)
         ON CONFLICT (session_id) DO NOTHING RETURNING id`,
};
const TAKE_OVER: Statement = {
  name: 'strava_push_take_over',
  text: `UPDATE strava_pushes SET state = 'sending', claim = $2, claimed_at = $3 WHERE id = $1`,
};
const RETELL: Statement = {
  name: 'strava_push_retell',
  text: `UPDATE strava_pushes SET name = $3, sport_type = $4, start_date_local = $5, elapsed_seconds = $6
         WHERE id = $1 AND claim = $2`,
};
const UNCLEAR: Statement = {
  name: 'strava_push_unclear',
  text: `UPDATE strava_pushes SET state = 'unclear' WHERE id = $1 AND claim = $2 AND state = 'sending'`,
};
const RELEASE: Statement = {
  name: 'strava_push_release',
  text: `DELETE FROM strava_pushes WHERE id = $1 AND claim = $2 AND state = 'sending'`,
};
const FINISH: Statement = {
  name: 'strava_push_finish',
  text: `UPDATE strava_pushes p SET state = 'pushed', activity_id = $3
         WHERE p.id = $1 AND p.claim = $2 AND p.state = 'sending' RETURNING ${COLUMNS}`,
};
const OF_USER: Statement = {
  name: 'strava_push_of_user',
  text: `SELECT ${COLUMNS} FROM strava_pushes p
         WHERE p.user_id = $1 AND (p.activity_id IS NULL OR p.activity_id = ANY ($2::text[]))`,
};
const FORGET: Statement = {
  name: 'strava_push_forget',
  text: `DELETE FROM strava_pushes WHERE user_id = $1 AND activity_id = $2 RETURNING session_id AS "sessionId"`,
};
const FORGET_ALL: Statement = { name: 'strava_push_forget_all', text: 'DELETE FROM strava_pushes WHERE user_id = $1' };

/** What Strava is told of a session, without the description. */
export type ToldPush = Pick<StravaPush, 'name' | 'sportType' | 'startDateLocal' | 'elapsedSeconds'>;

@Injectable()
export class StravaPushRepository {
  constructor(private readonly database: Database) {}

  /** Held until the transaction ends. */
  async hold(sessionId: string): Promise<StravaPush | null> {
    return this.database.first<StravaPush>(FIND, [sessionId]);
  }

  /** @returns false when somebody has claimed the session meanwhile */
  async insert(push: Omit<StravaPush, 'state' | 'activityId'>): Promise<boolean> {
    const { id, userId, sessionId, claim, claimedAt, name, sportType, startDateLocal, elapsedSeconds } = push;
    const values = [id, userId, sessionId, claim, claimedAt, name, sportType, startDateLocal, elapsedSeconds];
    return (await this.database.execute(INSERT, values)) > 0;
  }

  /** The session is sent by this claim from now on; what Strava was told before stands. */
  async takeOver(id: string, claim: string, at: Date): Promise<void> {
    await this.database.execute(TAKE_OVER, [id, claim, at]);
  }

  /** Strava is about to be told this. @returns false when the claim is somebody else's by now */
  async retell({ id, claim }: Pick<StravaPush, 'id' | 'claim'>, told: ToldPush): Promise<boolean> {
    const { name, sportType, startDateLocal, elapsedSeconds } = told;
    const values = [id, claim, name, sportType, startDateLocal, elapsedSeconds];
    return (await this.database.execute(RETELL, values)) > 0;
  }

  async setUnclear({ id, claim }: Pick<StravaPush, 'id' | 'claim'>): Promise<void> {
    await this.database.execute(UNCLEAR, [id, claim]);
  }

  async release({ id, claim }: Pick<StravaPush, 'id' | 'claim'>): Promise<void> {
    await this.database.execute(RELEASE, [id, claim]);
  }

  /** @returns null when the claim is somebody else's by now */
  async finish({ id, claim }: Pick<StravaPush, 'id' | 'claim'>, activityId: string): Promise<StravaPush | null> {
    return this.database.first<StravaPush>(FINISH, [id, claim, activityId]);
  }

  /** A person's pushes that are one of these activities, and all whose activity is not known yet. */
  async among(userId: string, activityIds: readonly string[]): Promise<StravaPush[]> {
    return this.database.query<StravaPush>(OF_USER, [userId, activityIds]);
  }

  /** The activity is not there any more. @returns the session it was pushed from; null = none, or it is gone too */
  async forget(userId: string, activityId: string): Promise<string | null> {
    return this.database.value<string>(FORGET, [userId, activityId]);
  }

  async forgetAll(userId: string): Promise<void> {
    await this.database.execute(FORGET_ALL, [userId]);
  }
}
