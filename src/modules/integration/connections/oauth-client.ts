import type { OnModuleInit } from '@nestjs/common';
import * as oauth from 'oauth4webapi';
import type { Clock } from 'src/common/clock/clock';
import { accepted, exchange, HttpRefusal, jsonOf, refusalOf } from 'src/common/outbound/bounded-http';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import type { OAuthSettings } from 'src/config/provider-settings';
import {
  type AuthorizationAnswer,
  type AuthorizationRequest,
  type Grant,
  GrantRefused,
  OAuthVendor,
} from 'src/modules/integration/provider.types';
import type { OAuthVendors } from './oauth-vendors';

/** Where a provider does what. `revoke` null = it knows no RFC 7009, and the adapter overrides `revoke`. */
export interface OAuthEndpoints {
  authorize: string;
  token: string;
  revoke: string | null;
}

/** An answer of the token endpoint, as it came. */
export interface TokenAnswer {
  status: number;
  body: unknown;
}

const DEFAULT_LIFE_SECONDS = 3_600;
/** Ten years. A life that is longer is no number to reckon with. */
const LONGEST_LIFE_SECONDS = 315_360_000;

/**
 * The flow of RFC 6749 with an authorisation code, as most providers speak it. An adapter extends it, says what is
 * peculiar to its provider, and is registered when it starts.
 */
export abstract class OAuthClient extends OAuthVendor implements OnModuleInit {
  /** Null = nobody configured it; nothing else is asked of the adapter then. */
  protected abstract readonly settings: OAuthSettings | null;
  protected abstract readonly endpoints: OAuthEndpoints;
  protected readonly scopeSeparator: ' ' | ',' = ' ';
  /** What the address of consent carries besides the parameters of the standard. */
  protected readonly authorizeExtras: Readonly<Record<string, string>> = {};
  /** The same for requests for tokens. */
  protected readonly tokenExtras: Readonly<Record<string, string>> = {};

  protected constructor(
    private readonly vendors: OAuthVendors,
    private readonly clock: Clock,
  ) {
    super();
  }

  onModuleInit(): void {
    this.vendors.register(this);
  }

  get isConfigured(): boolean {
    return this.settings !== null;
  }

  authorizeUrl({ state, redirectUri, codeChallenge }: AuthorizationRequest): string {
    const url = new URL(this.endpoints.authorize);
    const parameters = {
      response_type: 'code',
      client_id: this.application.clientId,
      redirect_uri: redirectUri,
      scope: this.requiredScopes.join(this.scopeSeparator),
      state,
      ...(codeChallenge !== null && { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
      ...this.authorizeExtras,
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.toString();
  }

  async exchange({ query, state, redirectUri, codeVerifier }: AuthorizationAnswer): Promise<Grant> {
    const { server, client, authentication, options } = this.speaking();
    const body = await this.understood(async () => {
      const parameters = oauth.validateAuthResponse(server, client, query, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        redirectUri,
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- some providers know no PKCE
        codeVerifier ?? oauth.nopkce,
        options,
      );
      return oauth.processAuthorizationCodeResponse(server, client, response);
    });
    return this.grantOf(body, query);
  }

  async refresh(refreshToken: string): Promise<Grant> {
    const { server, client, authentication, options } = this.speaking();
    const body = await this.understood(async () =>
      oauth.processRefreshTokenResponse(
        server,
        client,
        await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options),
      ),
    );
    return this.grantOf(body, null);
  }

  /** By RFC 7009, with the refresh token: that ends the whole grant. What is refused for good is over already. */
  async revoke({ refreshToken }: Parameters<OAuthVendor['revoke']>[0]): Promise<void> {
    if (this.endpoints.revoke === null) return;
    const { clientId, clientSecret } = this.application;
    const body = new URLSearchParams({ token: refreshToken, client_id: clientId, client_secret: clientSecret });
    try {
      accepted(this.provider, await exchange(this.provider, this.endpoints.revoke, { method: 'POST', body }));
    } catch (error) {
      if (!(error instanceof HttpRefusal && error.isFinal)) throw error;
    }
  }

  /**
   * Puts an answer of the token endpoint into the words of RFC 6749, where a provider has its own: a grant with status
   * 200, a refusal with 400 and `{ error: 'invalid_grant' }`. As it is by default.
   *
   * @throws DeliveryFailure
   */
  protected inStandardWords(answer: TokenAnswer): TokenAnswer {
    return answer;
  }

  /** Who the person is at the provider; null where it does not say. */
  protected externalIdOf(_body: Readonly<Record<string, unknown>>): string | null {
    return null;
  }

  /** The granted scope, space-separated: by default what the token endpoint says. @param query of the redirect */
  protected scopeOf(body: Readonly<Record<string, unknown>>, _query: URLSearchParams | null): string | null {
    const { scope } = body;
    return typeof scope === 'string' ? scope.split(/[ ,]+/).filter(Boolean).join(' ') : null;
  }

  protected get application(): OAuthSettings {
    if (this.settings === null) throw new Error(`Nobody configured ${this.provider}`);
    return this.settings;
  }

  private grantOf(body: oauth.TokenEndpointResponse, query: URLSearchParams | null): Grant {
    const seconds = body.expires_in ?? DEFAULT_LIFE_SECONDS;
    if (seconds > LONGEST_LIFE_SECONDS) throw this.garbage();
    return {
      accessToken: body.access_token,
      refreshToken: body.refresh_token ?? null,
      expiresAt: new Date(this.clock.now().getTime() + seconds * 1_000),
      scope: this.scopeOf(body, query),
      externalId: this.externalIdOf(body),
    };
  }

  private speaking(): {
    server: oauth.AuthorizationServer;
    client: oauth.Client;
    authentication: oauth.ClientAuth;
    options: oauth.TokenEndpointRequestOptions;
  } {
    const { clientId, clientSecret } = this.application;
    const { authorize, token } = this.endpoints;
    return {
      server: { issuer: new URL(authorize).origin, authorization_endpoint: authorize, token_endpoint: token },
      client: { client_id: clientId },
      authentication: oauth.ClientSecretPost(clientSecret),
      options: {
        additionalParameters: { ...this.tokenExtras },
        // Only an operator can name an address without TLS, and production refuses to start with one.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- for the stand-ins of development and tests
        [oauth.allowInsecureRequests]: token.startsWith('http:'),
        [oauth.customFetch]: (url, { method, headers, body }) => this.ask(url, { method, headers, body }),
      },
    };
  }

  /** One bounded exchange with the token endpoint, in the words of the standard. */
  private async ask(url: string, request: RequestInit): Promise<Response> {
    const answer = await exchange(this.provider, url, request);
    const refusal = refusalOf(this.provider, answer);
    if (answer.status >= 300 && !(refusal.isFinal && answer.status >= 400)) throw refusal;
    const { status, body } = this.inStandardWords({ status: answer.status, body: jsonOf(this.provider, answer) });
    return Response.json(body, { status });
  }

  /** @throws DeliveryFailure, GrantRefused. What a provider wrote is not repeated: it may quote tokens. */
  private async understood<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DeliveryFailure || error instanceof GrantRefused) throw error;
      if (error instanceof oauth.ResponseBodyError) throw this.refusalNamed(error.error);
      throw this.garbage();
    }
  }

  private refusalNamed(code: string): Error {
    if (code === 'invalid_grant') return new GrantRefused();
    return new DeliveryFailure(`${this.provider} ${/^[a-z_]{1,40}$/.test(code) ? code : 'refusal'}`, false);
  }

  private garbage(): DeliveryFailure {
    return new DeliveryFailure(`${this.provider} garbage`, false);
  }
}
