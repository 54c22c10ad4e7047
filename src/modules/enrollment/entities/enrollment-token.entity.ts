import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A link by which people become clients of a coach. Kept when it is switched off. */
@Entity('enrollment_tokens')
@Unique('enrollment_tokens_token_hash', ['tokenHash'])
export class EnrollmentToken {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  /** SHA-256, hexadecimal: what a link is found by. */
  @Column('character', { length: 64 })
  tokenHash: string;

  /** Encrypted: its coach sees it again. */
  @Column('text')
  token: string;

  @Column('text', { nullable: true })
  label: string | null;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  /** Null = without limit. */
  @Column('integer', { nullable: true })
  maxUses: number | null;

  @Column('integer', { default: 0 })
  usesCount: number;

  @Column('boolean')
  active: boolean;

  @Column('timestamptz')
  createdAt: Date;
}
