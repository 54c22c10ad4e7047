import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { InvalidState, OAuthDenied, orProviderError } from 'src/modules/integration/integration.errors';
import { GrantRefused } from 'src/modules/integration/provider.types';
import type { BegunWay } from './authorization.repository';
import { AuthorizationService } from './authorization.service';
import type { ConnectableProvider, Connected, Redirect } from './authorization.types';
import { type LastingGrant, NewConnectionService } from './new-connection.service';
import { grantedScope } from './scope.rules';

/** Somebody comes back from a provider. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly authorizations: AuthorizationService,
    private readonly connections: NewConnectionService,
  ) {}

  /**
   * The state first, whatever else the address says. The provider is asked outside any transaction, and what it granted is
   * stored only when all that is needed is in it, for an account that may still be connected.
   *
   * @param caller who sent a key along; null where nobody did, as with the redirect of a provider
   * @throws InvalidState, OAuthDenied, ProviderError
   */
  async complete(caller: Principal | null, provider: ConnectableProvider, redirect: Redirect): Promise<Connected> {
    const way = await this.authorizations.claim(redirect.state, provider, caller?.userId ?? null);
    if (redirect.error !== undefined || redirect.code === undefined) throw new OAuthDenied();
    const grant = await orProviderError(this.exchange(provider, way, redirect));
    const { scope, isEnough } = grantedScope(grant.scope, this.authorizations.vendor(provider).requiredScopes);
    const { userId } = way;
    const isStored = isEnough && (await this.connections.store(userId, provider, { ...grant, scope }));
    if (isStored) return { provider, scope };
    await this.connections.giveBack(userId, provider, grant);
    throw isEnough ? new InvalidState() : new OAuthDenied();
  }

  private async exchange(
    provider: ConnectableProvider,
    { codeVerifier }: BegunWay,
    redirect: Redirect,
  ): Promise<LastingGrant> {
    const { state, code, scope, iss } = redirect;
    const query = new URLSearchParams(
      Object.entries({ state, code, scope, iss }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const redirectUri = this.authorizations.redirectUri(provider);
    try {
      const grant = await this.authorizations.vendor(provider).exchange({ query, state, redirectUri, codeVerifier });
      // Without one the connection would end with its first token.
      if (grant.refreshToken === null) throw new DeliveryFailure(`${provider} garbage`, false);
      return { ...grant, refreshToken: grant.refreshToken };
    } catch (error) {
      throw error instanceof GrantRefused ? new OAuthDenied({ cause: error }) : error;
    }
  }
}
