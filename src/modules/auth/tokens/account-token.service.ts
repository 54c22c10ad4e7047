import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS, HOUR_MS } from 'src/common/clock/durations';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { plainHash } from 'src/common/crypto/keyed-hash';
import { orThrow } from 'src/common/errors/domain.error';
import { tokenPlace } from 'src/modules/auth/account-links';
import { TokenExpired, TokenInvalid } from 'src/modules/auth/auth.errors';
import type { AccountToken, TokenPurpose } from 'src/modules/auth/entities/account-token.entity';
import { AccountTokenRepository } from './account-token.repository';

const TOKEN_BYTES = 32;
const LIFETIME_MS: Record<TokenPurpose, number> = {
  email_verification: 24 * HOUR_MS,
  password_reset: HOUR_MS,
  deletion_cancel: 30 * DAY_MS,
};

/** A token as it may travel: only `AccountLinks` opens it. */
export interface SealedToken {
  tokenId: string;
  sealedToken: string;
}

/** Links that prove an address: random, kept as a hash, of one use, one per person and purpose (rules §13). */
@Injectable()
export class AccountTokenService {
  constructor(
    private readonly tokens: AccountTokenRepository,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {
    cipher.passesOn('account_tokens', 'token');
  }

  /** A token for a link to `email`. The earlier one of that purpose is void. */
  async issue(userId: string, purpose: TokenPurpose, email: string): Promise<SealedToken> {
    const id = randomUUID();
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + LIFETIME_MS[purpose]);
    await this.tokens.replace({ id, userId, purpose, email, tokenHash: plainHash(token), createdAt, expiresAt });
    return { tokenId: id, sealedToken: this.cipher.encrypt(tokenPlace(id), token) };
  }

  /** @throws TokenInvalid when unknown, used or void; TokenExpired */
  async find(token: string, purpose: TokenPurpose): Promise<AccountToken> {
    const found = orThrow(await this.tokens.findByHash(plainHash(token), purpose), TokenInvalid);
    if (found.expiresAt.getTime() <= this.clock.nowMs()) throw new TokenExpired();
    return found;
  }

  /** Uses the token up. @throws TokenInvalid when somebody else just did */
  async use({ id }: AccountToken): Promise<void> {
    if (!(await this.tokens.delete(id))) throw new TokenInvalid();
  }

  async withdraw(userId: string, purpose: TokenPurpose): Promise<void> {
    await this.tokens.deleteOfUser(userId, purpose);
  }
}
