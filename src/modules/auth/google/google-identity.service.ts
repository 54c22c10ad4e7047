import { Injectable } from '@nestjs/common';
import type { OAuth2Client, TokenPayload } from 'google-auth-library';
import { isEmailAddress } from 'src/common/http/domain-fields';
import { AppConfig } from 'src/config/app-config';
import { GoogleTokenInvalid } from 'src/modules/auth/auth.errors';
import { GoogleCertificates } from './google-certificates';
import { type GoogleIdentity, identityOf } from './google-identity.rules';

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

/** Reads Google's id tokens, and believes only those that Google signed for this application. */
@Injectable()
export class GoogleIdentityService {
  private client: Promise<OAuth2Client> | null = null;

  constructor(
    private readonly certificates: GoogleCertificates,
    private readonly config: AppConfig,
  ) {}

  /**
   * Checks signature, audience, issuer, lifetime, and that Google has proved the address.
   *
   * @throws GoogleTokenInvalid, ServiceUnavailable when Google's keys cannot be had
   */
  async read(idToken: string): Promise<GoogleIdentity> {
    const { googleClientId } = this.config;
    if (googleClientId === null) throw new GoogleTokenInvalid();
    const payload = await this.verified(idToken, googleClientId);
    if (!payload?.sub || payload.email_verified !== true) throw new GoogleTokenInvalid();
    const email = payload.email?.trim().normalize('NFC').toLowerCase();
    if (!isEmailAddress(email)) throw new GoogleTokenInvalid();
    return identityOf({ ...payload, email });
  }

  private async verified(idToken: string, audience: string): Promise<TokenPayload | undefined> {
    const certificates = await this.certificates.current();
    try {
      const client = await this.library();
      const ticket = await client.verifySignedJwtWithCertsAsync(idToken, certificates, audience, ISSUERS);
      return ticket.getPayload();
    } catch {
      // The library's messages quote the token: they go nowhere.
      throw new GoogleTokenInvalid();
    }
  }

  /** Loaded with the first sign-in that needs it: most processes never do, and it takes its share of their memory. */
  private library(): Promise<OAuth2Client> {
    this.client ??= import('google-auth-library').then(({ OAuth2Client: Client }) => new Client());
    return this.client;
  }
}
