import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/** What the daily job may have to do with: it looks at each by the zone of its coach. */
const DUE: Statement = {
  name: 'package_due',
  // Each kind by its own index: an OR of both would be asked of every package there is.
  text: `SELECT id FROM (
           SELECT id FROM packages
           WHERE status = 'active' AND valid_until <= $2::date
             AND (valid_until < $1::date OR warned_for IS DISTINCT FROM valid_until)
           UNION ALL
           SELECT id FROM packages WHERE status = 'awaiting_payment' AND created_at <= $3
         ) AS due
         WHERE id > $4 ORDER BY id LIMIT $5`,
};
const FIRST_DAYS: Statement = {
  name: 'package_first_days',
  text: `SELECT u.timezone, min(p.valid_until)::text AS "lastDay",
           min(p.valid_until) FILTER (WHERE p.warned_for IS DISTINCT FROM p.valid_until)::text AS "unwarnedDay"
         FROM packages p JOIN users u ON u.id = p.coach_id
         WHERE p.status = 'active' AND p.valid_until IS NOT NULL GROUP BY u.timezone`,
};
const FIRST_UNPAID: Statement = {
  name: 'package_first_unpaid',
  text: `SELECT min(created_at) AS at FROM packages WHERE status = 'awaiting_payment'`,
};

const WARNED: Statement = {
  name: 'package_warned',
  text: 'UPDATE packages SET warned_for = valid_until WHERE id = $1',
};

/** The earliest days at which the packages of a zone need to be looked at. */
export interface FirstDays {
  timezone: string;
  lastDay: string;
  unwarnedDay: string | null;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Packages by their days. */
@Injectable()
export class PackageLifetimeRepository {
  constructor(private readonly database: Database) {}

  /**
   * Packages that may be past a day of theirs, by id.
   *
   * @param past a last day before this local date has passed somewhere
   * @param near a last day up to this one is near somewhere
   * @param unpaidSince those that wait for their money since then or longer
   */
  async dueIds(past: string, near: string, unpaidSince: Date, after: string | null, limit: number): Promise<string[]> {
    return this.database.values<string>(DUE, [past, near, unpaidSince, after ?? NOBODY, limit]);
  }

  /** By the zone of the coach. */
  async firstDays(): Promise<FirstDays[]> {
    return this.database.query<FirstDays>(FIRST_DAYS);
  }

  /** Since when the oldest package waits for its money. */
  async firstUnpaid(): Promise<Date | null> {
    return this.database.value<Date>(FIRST_UNPAID);
  }

  /** The client has been told of the last day. */
  async markWarned(id: string): Promise<void> {
    await this.database.execute(WARNED, [id]);
  }
}
