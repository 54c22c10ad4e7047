import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { PackageStatus } from 'src/modules/payment/credits/credit.types';

/**
 * Sessions that a client bought of a coach, at the terms of that day. The counters are those of the last movement: the
 * database refuses any others.
 */
@Entity('packages')
@Unique('packages_parties', ['id', 'coachId', 'clientId'])
@Index('packages_pair', ['coachId', 'clientId', 'status'])
export class PackageEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid')
  clientId: string;

  /** The price that it was sold at; null when it was agreed by hand, or the price is gone. */
  @Column('uuid', { nullable: true })
  pricingId: string | null;

  @Column('text')
  name: string;

  /** As bought; corrections count in the ledger only. */
  @Column('smallint')
  sessionsTotal: number;

  @Column('integer')
  priceCents: number;

  @Column('character', { length: 3 })
  currency: string;

  @Column('text')
  status: PackageStatus;

  /** The last day, included, in the coach's zone; null = no limit. */
  @Column('date', { nullable: true })
  validUntil: string | null;

  /** What can still be booked: the sum of the ledger. */
  @Column('integer')
  balance: number;

  /** The balance and what is held. */
  @Column('integer')
  remaining: number;

  /** Consumed and not given back. */
  @Column('integer', { default: 0 })
  used: number;

  /** The number of the last movement. */
  @Column('integer')
  lastSeq: number;

  @Column('boolean', { default: false })
  alertSent: boolean;

  /** The last day that the client was warned of. */
  @Column('date', { nullable: true })
  warnedFor: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
