import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';

export type TokenPurpose = 'email_verification' | 'password_reset' | 'deletion_cancel';

/** A link that was mailed and not followed yet: one per person and purpose. */
@Entity('account_tokens')
@Index('account_tokens_token_hash', ['tokenHash'], { unique: true })
@Index('account_tokens_user_id_purpose', ['userId', 'purpose'], { unique: true })
@Index('account_tokens_expires_at', ['expiresAt'])
export class AccountToken {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  @ForeignKey(() => User, { name: 'account_tokens_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  @Column({ type: 'text' })
  purpose: TokenPurpose;

  /** Where the link was sent: following it proves this address and no other. */
  @Column({ type: 'citext' })
  email: string;

  /** SHA-256, hexadecimal. */
  @Column({ type: 'char', length: 64 })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
