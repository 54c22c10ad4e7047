import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { CreditSums } from './credit.types';

const SUMS = `sum(remaining)::int AS remaining, sum(balance)::int AS bookable FROM packages`;
const SUMS_OF_CLIENTS: Statement = {
  name: 'package_sums_of_clients',
  text: `SELECT client_id AS id, ${SUMS} WHERE coach_id = $1 AND client_id = ANY ($2::uuid[]) AND status = 'active'
         GROUP BY client_id`,
};
const SUMS_OF_COACHES: Statement = {
  name: 'package_sums_of_coaches',
  text: `SELECT coach_id AS id, ${SUMS} WHERE client_id = $1 AND coach_id = ANY ($2::uuid[]) AND status = 'active'
         GROUP BY coach_id`,
};
const USABLE: Statement = {
  name: 'package_usable',
  text: `SELECT EXISTS (SELECT FROM packages WHERE coach_id = $1 AND client_id = $2 AND status = 'active'
           AND balance >= 1 AND (valid_until IS NULL OR valid_until >= $3::date)) AS usable`,
};
const LOW: Statement = {
  name: 'package_low',
  text: `SELECT client_id AS "clientId", sum(remaining)::int AS remaining FROM packages
         WHERE coach_id = $1 AND status = 'active' GROUP BY client_id HAVING sum(remaining) <= $2
         ORDER BY sum(remaining), client_id LIMIT $3`,
};
/** What is left, added up. */
@Injectable()
export class CreditSumsRepository {
  constructor(private readonly database: Database) {}

  async sumsOfClients(coachId: string, clientIds: readonly string[]): Promise<Map<string, CreditSums>> {
    return this.sums(SUMS_OF_CLIENTS, coachId, clientIds);
  }

  async sumsOfCoaches(clientId: string, coachIds: readonly string[]): Promise<Map<string, CreditSums>> {
    return this.sums(SUMS_OF_COACHES, clientId, coachIds);
  }

  async isUsable(coachId: string, clientId: string, on: string): Promise<boolean> {
    return (await this.database.value<boolean>(USABLE, [coachId, clientId, on])) ?? false;
  }

  /** Clients whose active packages hold at most `sessions` together, fewest first. */
  async low(coachId: string, sessions: number, limit: number): Promise<{ clientId: string; remaining: number }[]> {
    return this.database.query(LOW, [coachId, sessions, limit]);
  }

  private async sums(of: Statement, id: string, others: readonly string[]): Promise<Map<string, CreditSums>> {
    if (others.length === 0) return new Map();
    const rows = await this.database.query<CreditSums & { id: string }>(of, [id, others]);
    return new Map(rows.map(({ id: other, remaining, bookable }) => [other, { remaining, bookable }]));
  }
}
