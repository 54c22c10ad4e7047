import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/** Whoever gives the person a session, or is to answer him. */
const COACHES: Statement = {
  name: 'coming_coaches',
  text: `SELECT coach_id AS id FROM bookings
         WHERE client_id = $1 AND status IN ('pending_coach_validation', 'confirmed') AND scheduled_at > $2
         UNION SELECT coach_id FROM coaching_requests WHERE client_id = $1 AND status = 'pending'
         UNION SELECT user_id FROM coach_profiles WHERE user_id = $1
         ORDER BY id`,
};
const BOOKINGS: Statement = {
  name: 'coming_bookings',
  text: `SELECT id FROM bookings
         WHERE coach_id = $1 AND ($2::uuid IS NULL OR client_id = $2) AND scheduled_at > $3
           AND status IN ('pending_coach_validation', 'confirmed')`,
};
const REQUESTS: Statement = {
  name: 'coming_requests',
  text: `SELECT id FROM coaching_requests
         WHERE coach_id = $1 AND ($2::uuid IS NULL OR client_id = $2) AND status = 'pending' ORDER BY id`,
};

/** What somebody still has before him. People are users.id. */
@Injectable()
export class ComingRepository {
  constructor(private readonly database: Database) {}

  /** Whose lock is needed to end all of it, in the order in which locks are taken. */
  async coachesOf(personId: string, now: Date): Promise<string[]> {
    return this.database.values<string>(COACHES, [personId, now]);
  }

  /** Active bookings to come of a coach, with one client or with all. */
  async bookingIds(coachId: string, clientId: string | null, now: Date): Promise<string[]> {
    return this.database.values<string>(BOOKINGS, [coachId, clientId, now]);
  }

  /** Requests that wait at a coach, of one client or of all. */
  async requestIds(coachId: string, clientId: string | null): Promise<string[]> {
    return this.database.values<string>(REQUESTS, [coachId, clientId]);
  }
}
