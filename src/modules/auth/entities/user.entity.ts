import type { Role, UserStatus } from 'src/common/auth/principal';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export const GENDERS = ['male', 'female', 'other'] as const;
export type Gender = (typeof GENDERS)[number];

/** A person's account: who he is, how he is reached, what he may. */
@Entity('users')
@Index('users_email', ['email'], { unique: true })
@Index('users_google_sub', ['googleSub'], { unique: true })
@Index('users_verified_phone', ['phone'], {
  unique: true,
  where: "phone_verified_at IS NOT NULL AND status <> 'deleted'",
})
@Index('users_unproved_phone', ['phone'], { where: 'phone_verified_at IS NULL AND phone IS NOT NULL' })
@Index('users_created_at', ['createdAt', 'id'])
export class User {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'citext' })
  email: string;

  /** A new address that waits for its link. */
  @Column({ type: 'citext', nullable: true })
  pendingEmail: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  emailVerifiedAt: Date | null;

  @Column({ type: 'text' })
  firstName: string;

  @Column({ type: 'text' })
  lastName: string;

  @Column({ type: 'text' })
  role: Role;

  /** False as long as the role may be chosen once: a new Google account without a profile. */
  @Column({ type: 'boolean', default: true })
  roleLocked: boolean;

  @Column({ type: 'text' })
  status: UserStatus;

  /** What reactivating brings back; set while suspended only. */
  @Column({ type: 'text', nullable: true })
  statusBeforeSuspension: UserStatus | null;

  @Column({ type: 'text', nullable: true })
  suspensionReason: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  phoneVerifiedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  gender: Gender | null;

  @Column({ type: 'smallint', nullable: true })
  birthYear: number | null;

  @Column({ type: 'text', nullable: true })
  photoUrl: string | null;

  /** BCP 47. */
  @Column({ type: 'text' })
  locale: string;

  /** IANA name. */
  @Column({ type: 'text' })
  timezone: string;

  /** ISO 3166-1 alpha-2. */
  @Column({ type: 'char', length: 2 })
  country: string;

  @Column({ type: 'text', nullable: true })
  googleSub: string | null;

  /** Null for who signs in with Google only. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  @Column({ type: 'smallint', default: 0 })
  profileCompletionPct: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
