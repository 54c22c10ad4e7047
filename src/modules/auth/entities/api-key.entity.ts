import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';

/** The key of one device. The key itself is nowhere: only its keyed hash and its first characters. */
@Entity('api_keys')
@Index('api_keys_key_hash', ['keyHash'], { unique: true })
@Index('api_keys_user_id', ['userId'])
@Index('api_keys_expires_at', ['expiresAt'], { where: 'expires_at IS NOT NULL' })
@Index('api_keys_revoked_at', ['revokedAt'], { where: 'revoked_at IS NOT NULL' })
export class ApiKey {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  @ForeignKey(() => User, { name: 'api_keys_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  /** HMAC-SHA-256 with the pepper, hexadecimal. */
  @Column({ type: 'char', length: 64 })
  keyHash: string;

  @Column({ type: 'char', length: 8 })
  keyPrefix: string;

  @Column({ type: 'text', nullable: true })
  deviceName: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  /** Null = never. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
