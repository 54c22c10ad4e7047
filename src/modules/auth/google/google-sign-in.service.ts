import { Injectable } from '@nestjs/common';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { localeOf } from 'src/modules/auth/accounts/account-locale';
import { EmailAlreadyExists } from 'src/modules/auth/auth.errors';
import { ApiKeyService } from 'src/modules/auth/keys/api-key.service';
import type { SignedIn } from 'src/modules/auth/sign-in/sign-in.types';
import type { GoogleDto } from 'src/modules/auth/sign-in/sign-in.dto';
import { GoogleAccountService } from './google-account.service';
import type { GoogleIdentity } from './google-identity.rules';
import { GoogleIdentityService } from './google-identity.service';

/** Signing in with Google. */
@Injectable()
export class GoogleSignInService {
  constructor(
    private readonly identities: GoogleIdentityService,
    private readonly accounts: GoogleAccountService,
    private readonly keys: ApiKeyService,
  ) {}

  /**
   * @param acceptLanguage the header of the request, for the locale of a new account
   * @throws GoogleTokenInvalid, AccountSuspendedError, BlockedEmailDomain, ServiceUnavailable
   */
  async signIn(dto: GoogleDto, acceptLanguage: string | undefined): Promise<SignedIn> {
    const identity = await this.identities.read(dto.id_token);
    const signedIn = await this.enterAgain(identity, dto, localeOf(acceptLanguage));
    this.keys.forget(signedIn.user.id);
    return signedIn;
  }

  /** Two first sign-ins at once: one makes the account, and the other one finds it the second time. */
  private async enterAgain(identity: GoogleIdentity, dto: GoogleDto, locale: string): Promise<SignedIn> {
    try {
      return await this.enter(identity, dto, locale);
    } catch (error) {
      if (!(error instanceof EmailAlreadyExists)) throw error;
      return this.enter(identity, dto, locale);
    }
  }

  @Transactional()
  private async enter(identity: GoogleIdentity, dto: GoogleDto, locale: string): Promise<SignedIn> {
    const { user, isNew } = await this.accounts.resolve(identity, { role: dto.role ?? 'client', locale });
    return { key: await this.keys.issue(user.id, dto.device_name ?? null), isNew, user };
  }
}
