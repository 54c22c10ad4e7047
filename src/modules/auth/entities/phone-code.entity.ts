import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity';

/** The code that proves a number: one per person, the last that was sent. */
@Entity('phone_codes')
@Index('phone_codes_expires_at', ['expiresAt'])
export class PhoneCode {
  @PrimaryColumn('uuid')
  @ForeignKey(() => User, { name: 'phone_codes_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  /** Another for every code: what was sent of an earlier one no longer opens. */
  @Column('uuid')
  id: string;

  /** Where the code was sent: it proves this number and no other. */
  @Column('text')
  phone: string;

  /** Keyed hash of person, number and code, hexadecimal. */
  @Column('char', { length: 64 })
  codeHash: string;

  @Column('smallint', { default: 0 })
  tries: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  /** From then on its message may have arrived; null until somebody is about to hand it over. */
  @Column('timestamptz', { nullable: true })
  firstTriedAt: Date | null;
}
