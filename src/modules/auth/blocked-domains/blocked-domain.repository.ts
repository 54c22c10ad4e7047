import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { containing } from 'src/common/search/containing';
import { Database, type Statement } from 'src/common/transaction/database';
import { BlockedDomain } from 'src/modules/auth/entities/blocked-domain.entity';

const COLUMNS = 'id, domain, reason, created_at AS "createdAt"';
const FILTER = `$1::text IS NULL OR folded(domain) LIKE ${containing('$1')}`;

const PAGE: Statement = {
  name: 'blocked_domain_page',
  text: `SELECT ${COLUMNS} FROM blocked_domains WHERE ${FILTER} ORDER BY domain OFFSET $2 LIMIT $3`,
};
const COUNT: Statement = {
  name: 'blocked_domain_count',
  text: `SELECT count(*)::int AS total FROM blocked_domains WHERE ${FILTER}`,
};
const INSERT: Statement = {
  name: 'blocked_domain_insert',
  text: `INSERT INTO blocked_domains (domain, reason, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (domain) DO NOTHING RETURNING ${COLUMNS}`,
};
const DELETE: Statement = {
  name: 'blocked_domain_delete',
  text: 'DELETE FROM blocked_domains WHERE domain = $1 RETURNING id',
};

/** Domains in the spelling of `spelledDomain`. */
@Injectable()
export class BlockedDomainRepository {
  constructor(private readonly database: Database) {}

  async has(domain: string): Promise<boolean> {
    return this.database.repository(BlockedDomain).existsBy({ domain });
  }

  /** By domain. @param part what the domain contains */
  async page(part: string | null, { offset, limit }: PageQuery): Promise<Rows<BlockedDomain>> {
    return this.database.page<BlockedDomain>(PAGE, [part, offset, limit], COUNT, [part]);
  }

  /** Null when it is there already. */
  async insert(domain: string, reason: string | null, now: Date): Promise<BlockedDomain | null> {
    return this.database.first<BlockedDomain>(INSERT, [domain, reason, now]);
  }

  /** Answers the id of the row that went, or null. */
  async delete(domain: string): Promise<string | null> {
    return this.database.value<string>(DELETE, [domain]);
  }
}
