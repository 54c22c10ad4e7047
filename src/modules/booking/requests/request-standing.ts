import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { RequestRepository } from './request.repository';

/** Tells those who carry messages how a request stands: by its status. */
@Injectable()
export class RequestStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly requests: RequestRepository,
  ) {}

  onModuleInit(): void {
    this.standings.register('request', async (id) => (await this.requests.findById(id))?.status ?? null);
  }
}
