import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { MovementKind } from 'src/modules/payment/credits/credit.types';

/** One line of a package's ledger. Never changed; the reason alone can be cleared. */
@Entity('package_movements')
@Unique('package_movements_one_a_kind', ['bookingId', 'kind'])
@Unique('package_movements_one_end', ['bookingId', 'follows'])
export class PackageMovementEntity {
  @PrimaryColumn('uuid')
  packageId: string;

  /** 1, 2, 3 … within the package. */
  @PrimaryColumn('integer')
  seq: number;

  @Column('uuid')
  coachId: string;

  @Column('uuid')
  clientId: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  kind: MovementKind;

  /** What it does to the balance. */
  @Column('smallint')
  delta: number;

  @Column('smallint')
  remainingDelta: number;

  @Column('integer')
  balanceAfter: number;

  @Column('integer')
  remainingAfter: number;

  @Column('uuid', { nullable: true })
  bookingId: string | null;

  /** The kind of movement that it ends: a hold, or a consumed session that comes back. */
  @Column('text', { nullable: true })
  follows: MovementKind | null;

  /** Encrypted. */
  @Column('text', { nullable: true })
  reason: string | null;
}
