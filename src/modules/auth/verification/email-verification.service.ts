import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { EmailProofService } from 'src/modules/auth/accounts/email-proof.service';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { TokenInvalid } from 'src/modules/auth/auth.errors';
import { EmailVerificationRequested } from 'src/modules/auth/auth.events';
import { addressToProve } from 'src/modules/auth/accounts/account.rules';
import type { AccountToken } from 'src/modules/auth/entities/account-token.entity';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { AccountTokenService } from 'src/modules/auth/tokens/account-token.service';

const PURPOSE = 'email_verification';

/** Links that prove addresses: the first one of an account, and the one that is to replace it. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly tokens: AccountTokenService,
    private readonly users: UserRepository,
    private readonly proof: EmailProofService,
    private readonly keys: ApiKeyService,
    private readonly events: EventBus,
  ) {}

  /** Has a link mailed to the address that waits to be proved. Earlier links of the account are void. */
  @Transactional()
  async sendLink(user: Pick<User, 'id' | 'email' | 'pendingEmail'>): Promise<void> {
    const { tokenId, sealedToken } = await this.tokens.issue(user.id, PURPOSE, addressToProve(user));
    await this.events.publish(new EmailVerificationRequested(user.id, tokenId, sealedToken));
  }

  /**
   * Follows a link: the address that it was mailed to is proved, and becomes the account's where it was waiting to.
   *
   * @throws TokenInvalid, TokenExpired, EmailAlreadyExists when the waiting address was taken meanwhile
   */
  async verify(token: string): Promise<void> {
    const found = await this.tokens.find(token, PURPOSE);
    await this.follow(found);
    this.keys.forget(found.userId);
  }

  @Transactional()
  private async follow(token: AccountToken): Promise<void> {
    const user = orThrow(await this.users.lock(token.userId), TokenInvalid);
    await this.tokens.use(token);
    const target = token.email.toLowerCase();
    if (user.pendingEmail !== null && target === user.pendingEmail.toLowerCase()) {
      // A reset link that lies in the old mailbox must not open the account of the new address.
      await this.tokens.withdraw(user.id, 'password_reset');
      await this.proof.prove(user, { email: user.pendingEmail, pendingEmail: null });
    } else if (target === user.email.toLowerCase()) await this.proof.prove(user);
    else throw new TokenInvalid();
  }
}
