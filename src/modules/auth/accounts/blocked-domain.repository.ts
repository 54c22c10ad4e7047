import { Injectable } from '@nestjs/common';
import { Database } from 'src/common/transaction/database';
import { BlockedDomain } from 'src/modules/auth/entities/blocked-domain.entity';

@Injectable()
export class BlockedDomainRepository {
  constructor(private readonly database: Database) {}

  async has(domain: string): Promise<boolean> {
    return this.database.repository(BlockedDomain).existsBy({ domain });
  }
}
