import type { ProviderName } from 'src/modules/integration/provider.types';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** An account of a person at another provider, and what opens it. */
@Entity('oauth_connections')
@Index('oauth_connections_user', ['userId', 'provider'], { unique: true })
@Index('oauth_connections_account', ['provider', 'externalId'], { unique: true })
export class OAuthConnection {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  provider: ProviderName;

  /** The person's id at the provider; null where it tells none. */
  @Column({ type: 'text', nullable: true })
  externalId: string | null;

  /** As granted, space-separated. */
  @Column({ type: 'text', nullable: true })
  scope: string | null;

  /** Encrypted; null once the provider has refused to refresh it. */
  @Column({ type: 'text', nullable: true })
  accessToken: string | null;

  /** Encrypted; null as the other. */
  @Column({ type: 'text', nullable: true })
  refreshToken: string | null;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'boolean', default: false })
  needsReconnect: boolean;

  /** Grows with every change of the tokens: whoever has read an older one does not write. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Who is asking the provider for new tokens, and until when nobody else does. Real time. */
  @Column({ type: 'uuid', nullable: true })
  refresher: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  refreshingUntil: Date | null;

  @Column({ type: 'timestamptz' })
  connectedAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
