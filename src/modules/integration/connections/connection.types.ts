import type { ProviderName } from 'src/modules/integration/provider.types';

/** What opens an account at a provider. Never logged, never answered. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
}

/** A connection with its tokens sealed, as they lie in the database; null where the provider refused them. */
export interface SealedConnection {
  id: string;
  userId: string;
  provider: ProviderName;
  externalId: string | null;
  accessToken: string | null;
  refreshToken: string | null;
  expiresAt: Date;
  needsReconnect: boolean;
  /** Grows with every change of the tokens. */
  version: number;
}

/** What a consent has brought. */
export interface NewConnection {
  userId: string;
  provider: ProviderName;
  externalId: string | null;
  scope: string | null;
  tokens: Tokens;
  at: Date;
}

/** A connection as its owner sees it. */
export interface ConnectionState {
  provider: ProviderName;
  isConnected: boolean;
  needsReconnect: boolean;
  isConfigured: boolean;
  scope: string | null;
  expiresAt: Date | null;
}
