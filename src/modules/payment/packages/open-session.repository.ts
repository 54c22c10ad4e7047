import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/** What corrections added was never paid for. */
const OPEN: Statement = {
  name: 'package_open_sessions',
  text: `SELECT client_id AS "clientId", currency, sum(remaining)::int AS sessions,
           sum(round(price_cents::numeric * least(remaining, sessions_total) / sessions_total))::int AS "amountCents"
         FROM packages WHERE coach_id = $1 AND status = 'active' AND remaining > 0
         GROUP BY client_id, currency ORDER BY client_id, currency`,
};

/** Sessions that were bought and not had, of one client and one currency. */
export interface OpenSum {
  clientId: string;
  currency: string;
  sessions: number;
  amountCents: number;
}

@Injectable()
export class OpenSessionRepository {
  constructor(private readonly database: Database) {}

  /** By client, then by currency. */
  async ofCoach(coachId: string): Promise<OpenSum[]> {
    return this.database.query<OpenSum>(OPEN, [coachId]);
  }
}
