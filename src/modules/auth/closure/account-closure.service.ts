import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { TokenExpired, TokenInvalid, UserNotFound } from 'src/modules/auth/auth.errors';
import { AccountClosing, AccountReactivated } from 'src/modules/auth/auth.events';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { AccountTokenService, type SealedToken } from 'src/modules/auth/tokens/account-token.service';
import { closedStatus, reopenedStatus } from './closure.rules';

const PURPOSE = 'deletion_cancel';

/** Accounts that their owners close, and the way back. A suspension outlasts both. */
@Injectable()
export class AccountClosureService {
  constructor(
    private readonly users: UserRepository,
    private readonly tokens: AccountTokenService,
    private readonly keys: ApiKeyService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on the account takes part in nothing; every module is told and gives up what it holds for it. Within the
   * caller's transaction; the caller calls `forget` after it.
   *
   * @param effectiveAt when it will be erased; null = nobody waits for it, and nobody is told when
   * @throws UserNotFound when there is none, or it is erased
   */
  @Transactional()
  async close(userId: string, effectiveAt: Date | null): Promise<void> {
    const user = await this.lock(userId);
    await this.users.update(userId, { ...closedStatus(user), updatedAt: this.clock.now() });
    await this.events.publish(new AccountClosing(userId, effectiveAt));
  }

  /** The account is what it was before. As for `close`. @throws UserNotFound */
  @Transactional()
  async reopen(userId: string): Promise<User> {
    const user = await this.lock(userId);
    await this.users.update(userId, { ...reopenedStatus(user), updatedAt: this.clock.now() });
    await this.tokens.withdraw(userId, PURPOSE);
    const reopened = await this.lock(userId);
    if (reopened.status !== 'suspended') await this.events.publish(new AccountReactivated(userId));
    return reopened;
  }

  /** A token for the link that takes the closing back; an earlier one is void. */
  async issueReturn(userId: string): Promise<SealedToken> {
    const user = await this.lock(userId);
    return this.tokens.issue(userId, PURPOSE, user.email);
  }

  /** Whose closing this token takes back. @throws TokenInvalid when it is unknown, used, void or too old */
  async ownerOf(token: string): Promise<string> {
    try {
      return (await this.tokens.find(token, PURPOSE)).userId;
    } catch (error) {
      throw error instanceof TokenExpired ? new TokenInvalid({ cause: error }) : error;
    }
  }

  /** After the commit of what closed or reopened it: this process asks the database anew. */
  forget(userId: string): void {
    this.keys.forget(userId);
  }

  private async lock(id: string): Promise<User> {
    return orThrow(await this.users.lockUnerased(id), UserNotFound);
  }
}
