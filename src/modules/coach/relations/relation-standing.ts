import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { RelationRepository } from './relation.repository';

/** Tells those who carry messages how the reader stands to a coach: by the status of their relation. */
@Injectable()
export class RelationStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly relations: RelationRepository,
  ) {}

  onModuleInit(): void {
    this.standings.register('relation', async (coachId, clientId) => {
      const relation = await this.relations.find(coachId, clientId);
      return relation?.status ?? null;
    });
  }
}
