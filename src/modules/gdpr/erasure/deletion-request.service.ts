import { Injectable, Logger } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { EventBus } from 'src/common/events/event-bus';
import { Failures } from 'src/common/jobs/failures';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AccountClosureService } from 'src/modules/auth/closure/account-closure.service';
import type { DeletionRequest } from 'src/modules/gdpr/entities/deletion-request.entity';
import { DeletionRequested } from './erasure.events';
import { ErasureRepository } from './erasure.repository';
import { effectiveAt } from './erasure.rules';

/** People who want to be erased. */
@Injectable()
export class DeletionRequestService {
  private readonly logger = new Logger(DeletionRequestService.name);

  constructor(
    private readonly closure: AccountClosureService,
    private readonly requests: ErasureRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** The account closes at once and is erased 30 days later; asking again changes nothing. */
  async request(me: Principal): Promise<DeletionRequest> {
    const request = await this.close(me.userId);
    this.closure.forget(me.userId);
    return request;
  }

  /**
   * What was on its way when an account closed may have come after it: a session booked by a request that was let in
   * before. Closing again gives up that too. One who cannot be settled keeps nobody else waiting, and the failure is thrown
   * at the end.
   */
  async settleSince(at: Date): Promise<void> {
    const failures = new Failures(this.logger, 'what came after an account had closed could not be given up');
    for (const userId of await this.requests.since(at)) await failures.catch({ userId }, () => this.settle(userId));
    failures.throwAny();
  }

  @Transactional()
  private async settle(userId: string): Promise<void> {
    // Nobody who has come back meanwhile.
    if (await this.requests.take(userId)) await this.closure.close(userId, null);
  }

  @Transactional()
  private async close(userId: string): Promise<DeletionRequest> {
    const now = this.clock.now();
    // The row of the request is the lock: of two who ask at once, the second finds what the first has done.
    const request = await this.requests.open(userId, now, effectiveAt(now));
    if (!request.isNew) return request;
    await this.closure.close(userId, request.effectiveAt);
    const { tokenId, sealedToken } = await this.closure.issueReturn(userId);
    await this.events.publish(new DeletionRequested(userId, now, request.effectiveAt, tokenId, sealedToken));
    return request;
  }
}
