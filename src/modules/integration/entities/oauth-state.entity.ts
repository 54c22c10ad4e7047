import type { ProviderName } from 'src/modules/integration/provider.types';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A way to a provider that somebody has set out on, until he comes back or it has expired. */
@Entity('oauth_states')
export class OAuthState {
  /** SHA-256 of the state. */
  @PrimaryColumn({ type: 'text' })
  stateHash: string;

  @Index('oauth_states_user_id')
  @Column({ type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  provider: ProviderName;

  /** Encrypted; null where the provider knows no PKCE. */
  @Column({ type: 'text', nullable: true })
  codeVerifier: string | null;

  @Index('oauth_states_expires_at')
  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
