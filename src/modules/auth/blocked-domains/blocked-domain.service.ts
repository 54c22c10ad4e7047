import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { BlockedDomain } from 'src/modules/auth/entities/blocked-domain.entity';
import type { BlockDomainDto, BlockedDomainsQuery } from './blocked-domain.dto';
import { DomainExists, DomainNotFound } from './blocked-domain.errors';
import { BlockedDomainRepository } from './blocked-domain.repository';
import { isDomain, spelledDomain } from './domain.rules';

/** The domains whose addresses no new account may have (rules §13). Accounts that are there keep theirs. */
@Injectable()
export class BlockedDomainService {
  constructor(
    private readonly domains: BlockedDomainRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** By domain. */
  async page(query: BlockedDomainsQuery): Promise<Rows<BlockedDomain>> {
    return this.domains.page(query.q ?? null, query);
  }

  /** @throws DomainExists */
  @Transactional()
  async block({ domain, reason }: BlockDomainDto): Promise<BlockedDomain> {
    const blocked = orThrow(await this.domains.insert(domain, reason || null, this.clock.now()), DomainExists);
    await this.audit.write('blocked_domain.added', { type: 'blocked_domain', id: blocked.id });
    return blocked;
  }

  /** @param domain in any spelling @throws DomainNotFound */
  @Transactional()
  async unblock(domain: string): Promise<void> {
    const spelled = spelledDomain(domain);
    const id = orThrow(isDomain(spelled) ? await this.domains.delete(spelled) : null, DomainNotFound);
    await this.audit.write('blocked_domain.removed', { type: 'blocked_domain', id });
  }
}
