import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AccountClosureService } from 'src/modules/auth/closure/account-closure.service';
import type { User } from 'src/modules/auth/entities/user.entity';
import { NoDeletionRequested } from './erasure.errors';
import { DeletionWithdrawn } from './erasure.events';
import { ErasureRepository } from './erasure.repository';
import { canReturn } from './erasure.rules';

/** People who think better of it within the 30 days. What was cancelled when the account closed stays cancelled. */
@Injectable()
export class RestorationService {
  constructor(
    private readonly closure: AccountClosureService,
    private readonly requests: ErasureRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * The account of the token, or else of the key.
   *
   * @throws TokenInvalid, NoDeletionRequested, ValidationFailed without token and key
   */
  async restore(me: Principal | undefined, token: string | undefined): Promise<User> {
    const userId = token === undefined ? me?.userId : await this.closure.ownerOf(token);
    if (userId === undefined) throw new ValidationFailed([{ field: 'token', code: 'required' }]);
    const user = await this.reopen(userId);
    this.closure.forget(userId);
    return user;
  }

  /** Who erases holds the request as well: whoever has it first decides. */
  @Transactional()
  private async reopen(userId: string): Promise<User> {
    const now = this.clock.now();
    const request = orThrow(await this.requests.hold(userId), NoDeletionRequested);
    if (!canReturn(request, now)) throw new NoDeletionRequested();
    await this.requests.close(userId);
    const user = await this.closure.reopen(userId);
    await this.events.publish(new DeletionWithdrawn(userId, now));
    return user;
  }
}
