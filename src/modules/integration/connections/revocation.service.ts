import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CipherPlace } from 'src/common/crypto/ring-cipher';
import { TokenCipher } from 'src/common/crypto/token-cipher';
import { type JobPayload, JobQueue } from 'src/common/jobs/job-queue';
import { GrantRenewed, type ProviderName } from 'src/modules/integration/provider.types';
import { ConnectionRepository } from './connection.repository';
import type { SealedConnection, Tokens } from './connection.types';
import { OAuthVendors } from './oauth-vendors';

export const REVOKE_GRANT = 'revoke_grant';
/** They end half a day after the first: who is erased at night is not kept at a provider by its trouble of an hour. */
const ATTEMPTS = 7;

/** What is given back, and whose it was. The row is gone by then, so the job carries all of it, encrypted. */
interface Revocation {
  userId: string;
  provider: ProviderName;
  externalId: string | null;
  accessToken: string;
  refreshToken: string;
}

const placeOf = (reference: string): CipherPlace => ({ table: 'jobs', rowId: reference, column: REVOKE_GRANT });

/** Gives grants back to their providers, as well as that goes. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly cipher: TokenCipher,
    private readonly vendors: OAuthVendors,
    private readonly jobs: JobQueue,
  ) {
    cipher.passesOn('jobs', REVOKE_GRANT);
  }

  /** In the caller's transaction: given back once it has committed. */
  async request(
    { userId, provider, externalId }: Pick<SealedConnection, 'userId' | 'provider' | 'externalId'>,
    { accessToken, refreshToken }: Pick<Tokens, 'accessToken' | 'refreshToken'>,
  ): Promise<void> {
    const reference = randomUUID();
    const revocation: Revocation = { userId, provider, externalId, accessToken, refreshToken };
    const sealed = this.cipher.encrypt(placeOf(reference), JSON.stringify(revocation));
    await this.jobs.add(REVOKE_GRANT, { reference, sealed }, { maxAttempts: ATTEMPTS });
  }

  /**
   * Providers know one grant for a person and an application, however often he consented: to give back the former one of
   * somebody who has connected again would take the new one away.
   *
   * @throws DeliveryFailure
   */
  async run({ reference, sealed }: JobPayload): Promise<void> {
    const { userId, provider, externalId, accessToken, refreshToken } = JSON.parse(
      this.cipher.decrypt(placeOf(String(reference)), String(sealed)),
    ) as Revocation;
    if (await this.connections.isConnected(provider, externalId, userId)) return;
    try {
      await this.vendors.configured(provider)?.revoke({ accessToken, refreshToken, externalId });
    } catch (error) {
      if (!(error instanceof GrantRenewed)) throw error;
      // With the former tokens no attempt would come to anything any more.
      await this.request({ userId, provider, externalId }, error.tokens);
    }
  }
}
