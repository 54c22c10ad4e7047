import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { AppConfig } from 'src/config/app-config';

/** A sealed token opens only as that of its own row. */
export function tokenPlace(tokenId: string): CipherPlace {
  return { table: 'account_tokens', rowId: tokenId, column: 'token' };
}

/** The links of account mails. They are made at the moment of mailing, from what the events carry encrypted. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly config: AppConfig,
  ) {}

  /** Opened in a browser; the page leads back into the app. */
  verificationLink(tokenId: string, sealedToken: string): string {
    return `${this.config.appBaseUrl}/auth/verify-email?token=${this.open(tokenId, sealedToken)}`;
  }

  /** Opened by the app. */
  resetLink(tokenId: string, sealedToken: string): string {
    return `mycoach://reset-password?token=${this.open(tokenId, sealedToken)}`;
  }

  /** Opened by the app, which asks once more: a link that is only looked at changes nothing. */
  returnLink(tokenId: string, sealedToken: string): string {
    return `mycoach://restore-account?token=${this.open(tokenId, sealedToken)}`;
  }

  private open(tokenId: string, sealedToken: string): string {
    return this.cipher.decrypt(tokenPlace(tokenId), sealedToken);
  }
}
