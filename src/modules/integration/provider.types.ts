/** Providers that accounts connect to. `garmin` is a name of the contract, and nobody speaks to it yet. */
export const PROVIDERS = ['strava', 'google_calendar', 'withings', 'garmin'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** What a provider grants: who the person is there, and what opens his data. Secrets: never logged, never answered. */
export interface Grant {
  accessToken: string;
  /** Null = the provider returned none, and the former one stays good. */
  refreshToken: string | null;
  expiresAt: Date;
  /** As granted, space-separated; null = the provider does not say, and what was asked for counts. */
  scope: string | null;
  /** The person's id at the provider; null where it tells none. */
  externalId: string | null;
}

/** The way to a provider for a browser, made once for each request to connect. */
export interface AuthorizationRequest {
  state: string;
  redirectUri: string;
  /** S256 of the verifier; null where the provider knows no PKCE. */
  codeChallenge: string | null;
}

/** What came back with the redirect. Its state was checked, and belongs to who is connected by it. */
export interface AuthorizationAnswer {
  /** Everything that stood in the address: `code`, `state`, and what else the provider says there (Strava: `scope`). */
  query: URLSearchParams;
  state: string;
  redirectUri: string;
  codeVerifier: string | null;
}

/** The provider refuses the grant itself: a code or a refresh token is worth nothing any more. No retry helps. */
export class GrantRefused extends Error {
  constructor() {
    super('The provider refuses the grant');
    this.name = 'GrantRefused';
  }
}

/** A provider does not take an access token (its 401): thrown by adapters inside `withAccess`, which then refreshes. */
export class AccessRefused extends Error {
  constructor() {
    super('The provider refuses the access token');
    this.name = 'AccessRefused';
  }
}

/** A grant could not be given back yet, and had to be refreshed for that: the tokens that were handed in open nothing now. */
export class GrantRenewed extends Error {
  constructor(
    readonly tokens: { accessToken: string; refreshToken: string },
    options: ErrorOptions,
  ) {
    super('The grant was refreshed, and is not given back yet', options);
    this.name = 'GrantRenewed';
  }
}

/**
 * One provider's side of OAuth 2. One folder a vendor holds its adapter. Everything is bounded (10 s, 1 MiB, no
 * redirects) and validated; called outside any transaction.
 *
 * @throws DeliveryFailure on a fault of the way or the provider, GrantRefused
 */
export abstract class OAuthVendor {
  abstract readonly provider: ProviderName;
  abstract readonly isConfigured: boolean;
  /** What must have been granted for the connection to be of use. */
  abstract readonly requiredScopes: readonly string[];
  abstract readonly knowsPkce: boolean;

  abstract authorizeUrl(request: AuthorizationRequest): string;
  abstract exchange(answer: AuthorizationAnswer): Promise<Grant>;
  abstract refresh(refreshToken: string): Promise<Grant>;
  /** Best effort: asked by a job when somebody disconnects or is erased. @throws GrantRenewed as well */
  abstract revoke(tokens: { accessToken: string; refreshToken: string; externalId: string | null }): Promise<void>;
}
