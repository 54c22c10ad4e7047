import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AccountOpeningService } from 'src/modules/auth/accounts/account-opening.service';
import { ContactService } from 'src/modules/auth/accounts/contact.service';
import { EmailProofService } from 'src/modules/auth/accounts/email-proof.service';
import { UserRepository } from 'src/modules/auth/accounts/user.repository';
import { AccountSuspendedError, UserNotFound } from 'src/modules/auth/auth.errors';
import type { User } from 'src/modules/auth/entities/user.entity';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import { AccountTokenService } from 'src/modules/auth/tokens/account-token.service';
import type { GoogleIdentity } from './google-identity.rules';

/** The account that belongs to a Google identity: found, linked, or made (rules §13). */
@Injectable()
export class GoogleAccountService {
  constructor(
    private readonly users: UserRepository,
    private readonly contact: ContactService,
    private readonly accounts: AccountOpeningService,
    private readonly proof: EmailProofService,
    private readonly tokens: AccountTokenService,
    private readonly keys: ApiKeyService,
  ) {}

  /**
   * @param fresh role and locale of a new account
   * @throws AccountSuspendedError, BlockedEmailDomain, EmailAlreadyExists when somebody made the account just now
   */
  @Transactional()
  async resolve(
    identity: GoogleIdentity,
    fresh: Pick<User, 'role' | 'locale'>,
  ): Promise<{ user: User; isNew: boolean }> {
    const known = await this.users.findByGoogleSub(identity.sub);
    const found = known ?? (await this.users.findByEmail(identity.email));
    if (!found) return { user: await this.open(identity, fresh), isNew: true };
    const user = orThrow(await this.users.lock(found.id), UserNotFound);
    if (user.status === 'suspended') throw new AccountSuspendedError();
    if (!known) await this.link(user, identity.sub);
    return { user: orThrow(await this.users.findById(user.id), UserNotFound), isNew: false };
  }

  private async open(identity: GoogleIdentity, fresh: Pick<User, 'role' | 'locale'>): Promise<User> {
    await this.contact.refuseBlockedDomain(identity.email);
    const { sub, email, firstName, lastName, photoUrl } = identity;
    return this.accounts.open({
      ...fresh,
      email,
      firstName,
      lastName,
      photoUrl,
      googleSub: sub,
      roleLocked: false,
      isEmailProved: true,
    });
  }

  private async link(user: User, googleSub: string): Promise<void> {
    if (user.emailVerifiedAt !== null) return this.users.update(user.id, { googleSub });
    // Somebody else may have prepared the account with this address: whatever he could come back with goes.
    await this.keys.revokeOthers(user.id, null);
    await this.tokens.withdraw(user.id, 'email_verification');
    await this.tokens.withdraw(user.id, 'password_reset');
    await this.proof.prove(user, { googleSub, passwordHash: null, pendingEmail: null });
  }
}
