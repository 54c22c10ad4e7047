import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Tries to sign in that did not succeed, by address, whether or not it has an account. */
@Entity('login_failures')
@Index('login_failures_updated_at', ['updatedAt'])
export class LoginFailure {
  /** Keyed hash of the lower-cased address. */
  @PrimaryColumn({ type: 'char', length: 64 })
  accountHash: string;

  /** Since the last lock. */
  @Column({ type: 'smallint' })
  failures: number;

  /** Since the last success. */
  @Column({ name: 'failures_in_a_row', type: 'integer' })
  failuresInARow: number;

  @Column({ type: 'timestamptz', nullable: true })
  lockedUntil: Date | null;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
