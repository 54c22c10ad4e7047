import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { SessionAccess } from './sessions/session-access.service';
import { SessionRepository } from './sessions/session.repository';

/**
 * Tells those who carry messages how a session stands: `record` while it holds one, else `stored`; `gone` when it was
 * removed, or when its reader sees it no more.
 */
@Injectable()
export class PerformanceStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly sessions: SessionRepository,
    private readonly access: SessionAccess,
  ) {}

  onModuleInit(): void {
    this.standings.register('performance', (id, readerId) => this.stateOf(id, readerId));
  }

  private async stateOf(id: string, readerId: string): Promise<'record' | 'stored' | 'gone'> {
    const session = await this.sessions.find(id);
    if (!session || !(await this.access.sees(session, readerId))) return 'gone';
    const sets = await this.sessions.setsOf([id]);
    return sets.some(({ isPr }) => isPr) ? 'record' : 'stored';
  }
}
