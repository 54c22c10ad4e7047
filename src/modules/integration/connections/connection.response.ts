import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PROVIDERS, type ProviderName } from 'src/modules/integration/provider.types';
import type { ConnectionState } from './connection.types';

/** How the caller stands with one provider. */
export class IntegrationStatusResponse {
  @ApiProperty({ enum: PROVIDERS })
  provider: ProviderName;
  /** False as well while it needs reconnecting. */
  connected: boolean;
  /** The provider refused the refresh: connect again. */
  needs_reconnect: boolean;
  /** Whether this server can connect to it at all. */
  configured: boolean;
  /** What was granted, space-separated. */
  @ApiProperty({ type: String, nullable: true })
  scope: string | null;
  /** Of the access token, which is renewed by itself. */
  @ApiInstant({ nullable: true })
  expires_at: string | null;

  static from(state: ConnectionState): IntegrationStatusResponse {
    return {
      provider: state.provider,
      connected: state.isConnected,
      needs_reconnect: state.needsReconnect,
      configured: state.isConfigured,
      scope: state.scope,
      expires_at: wireInstantOrNull(state.expiresAt),
    };
  }
}
