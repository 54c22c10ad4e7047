import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Rows } from 'src/common/paging/page';
import type { ListOwnRequestsQuery, ListReceivedRequestsQuery } from './request.dto';
import { RequestRepository } from './request.repository';
import type { CoachingRequest } from './request.types';

/** Reading requests for discovery sessions, newest first. People are users.id. */
@Injectable()
export class CoachingRequestService {
  constructor(private readonly requests: RequestRepository) {}

  /** Those that the caller made. */
  async made(me: Principal, query: ListOwnRequestsQuery): Promise<Rows<CoachingRequest>> {
    return this.requests.page({ personId: me.userId, as: 'client', status: query.status }, query);
  }

  /** Those that the caller received. */
  async received(me: Principal, query: ListReceivedRequestsQuery): Promise<Rows<CoachingRequest>> {
    return this.requests.page({ personId: me.userId, as: 'coach', status: query.status }, query);
  }

  /** Whether a request of this client waits for this coach. */
  async hasPending(coachId: string, clientId: string): Promise<boolean> {
    return this.requests.hasPending(coachId, clientId);
  }
}
