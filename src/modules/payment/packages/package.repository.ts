import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { PACKAGE_COLUMNS } from 'src/modules/payment/credits/credit.repository';
import type { PackageStatus } from 'src/modules/payment/credits/credit.types';
import type { Package } from './package.types';

const SELECT = `
  SELECT ${PACKAGE_COLUMNS}, coach.first_name || ' ' || coach.last_name AS "coachName"
  FROM packages p JOIN users coach ON coach.id = p.coach_id`;

const FIND: Statement = { name: 'package_find', text: `${SELECT} WHERE p.id = $1` };
/** As `lockUsable` of the ledger orders them, so that what is shown is what pays next. */
const CURRENT: Statement = {
  name: 'package_current',
  text: `${SELECT} WHERE p.coach_id = $1 AND p.client_id = $2 AND p.status = 'active'
         ORDER BY p.balance = 0, p.valid_until NULLS LAST, p.created_at, p.id LIMIT 1`,
};

/** Whose packages: of a coach, of a client, of a pair. */
export interface PackageFilter {
  coachId?: string;
  clientId?: string;
  status?: PackageStatus;
}

@Injectable()
export class PackageRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Package | null> {
    return this.database.first<Package>(FIND, [id]);
  }

  /** The active package that the next session is taken from; null when none is active. */
  async current(coachId: string, clientId: string): Promise<Package | null> {
    return this.database.first<Package>(CURRENT, [coachId, clientId]);
  }

  /** Newest first. */
  async page(filter: PackageFilter, { offset, limit }: PageQuery): Promise<Rows<Package>> {
    const { where, shape, values } = conditions(filter);
    const list: Statement = {
      name: `package_page_${shape}`,
      text: `${SELECT} WHERE ${where} ORDER BY p.created_at DESC, p.id
             LIMIT $${String(values.length + 1)} OFFSET $${String(values.length + 2)}`,
    };
    const count: Statement = {
      name: `package_count_${shape}`,
      text: `SELECT count(*)::int AS total FROM packages p WHERE ${where}`,
    };
    return this.database.page<Package>(list, [...values, limit, offset], count, values);
  }
}

/** The text depends only on which conditions are there, so the set of names is finite. */
function conditions(filter: PackageFilter): { where: string; shape: string; values: string[] } {
  const given = Object.entries({ coach_id: filter.coachId, client_id: filter.clientId, status: filter.status }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    where: given.map(([column], at) => `p.${column} = $${String(at + 1)}`).join(' AND '),
    shape: given.map(([column]) => column).join('_'),
    values: given.map(([, value]) => value),
  };
}
