import { Injectable } from '@nestjs/common';
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { MINUTE_MS } from 'src/common/clock/durations';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AppConfig } from 'src/config/app-config';
import { OAuthVendors } from 'src/modules/integration/connections/oauth-vendors';
import { IntegrationNotConfigured, InvalidState } from 'src/modules/integration/integration.errors';
import type { OAuthVendor } from 'src/modules/integration/provider.types';
import { AuthorizationRepository, type BegunWay } from './authorization.repository';
import { type Authorization, type ConnectableProvider, ROUTES } from './authorization.types';
import { isOurState, newState } from './state.format';

/** Somebody has that long to make up his mind at the provider. */
const LIFE_MS = 10 * MINUTE_MS;

/** Ways to providers, and who has set out on them. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly ways: AuthorizationRepository,
    private readonly vendors: OAuthVendors,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws IntegrationNotConfigured */
  @Transactional()
  async begin(me: Principal, provider: ConnectableProvider): Promise<Authorization> {
    const vendor = this.vendor(provider);
    const state = newState(this.config.secrets.signingSecret, provider);
    const codeVerifier = vendor.knowsPkce ? generateRandomCodeVerifier() : null;
    const codeChallenge = codeVerifier && (await calculatePKCECodeChallenge(codeVerifier));
    await this.ways.insert(
      state,
      provider,
      { userId: me.userId, codeVerifier },
      new Date(this.clock.nowMs() + LIFE_MS),
    );
    const url = vendor.authorizeUrl({ state, redirectUri: this.redirectUri(provider), codeChallenge });
    return { url, provider, state };
  }

  /**
   * Who set out with this state. It is told once.
   *
   * @param by the caller, where he is known: nobody comes back on the way of somebody else
   * @throws InvalidState
   */
  @Transactional()
  async claim(state: string, provider: ConnectableProvider, by: string | null): Promise<BegunWay> {
    const { signingSecret, formerSigningSecrets } = this.config.secrets;
    if (!isOurState([signingSecret, ...formerSigningSecrets], provider, state)) throw new InvalidState();
    const way = await this.ways.claim(state, provider, this.clock.now(), by);
    if (!way) throw new InvalidState();
    return way;
  }

  /** @throws IntegrationNotConfigured */
  vendor(provider: ConnectableProvider): OAuthVendor {
    const vendor = this.vendors.configured(provider);
    if (!vendor) throw new IntegrationNotConfigured();
    return vendor;
  }

  redirectUri(provider: ConnectableProvider): string {
    return `${this.config.appBaseUrl}/integrations/${ROUTES[provider]}/callback`;
  }
}
