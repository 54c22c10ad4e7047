import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { SessionAccess } from './sessions/session-access.service';
import { SessionRepository } from './sessions/session.repository';

/**
 * Tells those who carry messages how a session stands (`stored`, or `gone` when it was removed or its reader sees it no
 * more), and a record that it set: `held` while the very weight is still marked, else `gone`.
 */
@Injectable()
export class PerformanceStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly sessions: SessionRepository,
    private readonly access: SessionAccess,
  ) {}

  onModuleInit(): void {
    this.standings.register('performance', async (id, readerId) =>
      (await this.isSeen(id, readerId)) ? 'stored' : 'gone',
    );
    this.standings.register('personal_record', async (id, readerId, told) =>
      (await this.isSeen(id, readerId)) && (await this.isMarked(id, told)) ? 'held' : 'gone',
    );
  }

  private async isSeen(id: string, readerId: string): Promise<boolean> {
    const session = await this.sessions.find(id);
    return session !== null && this.access.sees(session, readerId);
  }

  private async isMarked(id: string, told: Readonly<Partial<Record<string, string>>>): Promise<boolean> {
    const sets = await this.sessions.setsOf([id]);
    return sets.some(
      ({ isPr, exerciseTypeId, weightKg }) =>
        isPr && exerciseTypeId === told['exercise_type_id'] && String(weightKg) === told['weight_kg'],
    );
  }
}
