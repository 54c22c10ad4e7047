import { Injectable } from '@nestjs/common';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { AuthorizationRepository } from './authorization.repository';

/** Forgets ways to providers from which nobody came back. */
@Injectable()
export class StateRetentionJob extends RetentionJob {
  constructor(private readonly ways: AuthorizationRepository) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [{ oldest: () => this.ways.oldestEnd(), forMs: 0, letGoUntil: (end, limit) => this.ways.purge(end, limit) }];
  }
}
