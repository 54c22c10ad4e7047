import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { AssignmentRepository } from './assignments/assignment.repository';

/** Tells those who carry messages how a plan stands to its reader: `followed` while he trains by it, else `left`. */
@Injectable()
export class ProgramStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly assignments: AssignmentRepository,
  ) {}

  onModuleInit(): void {
    this.standings.register('plan', async (id, readerId) =>
      (await this.assignments.isFollowed(id, readerId)) ? 'followed' : 'left',
    );
  }
}
