import type { PricingType } from 'src/modules/coach/pricing/pricing.rules';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A price of a coach: of one session, or of a package of several. */
@Entity('pricings')
@Index('pricings_coach_id', ['coachId', 'type', 'priceCents'])
export class Pricing {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  coachId: string;

  @Column({ type: 'text' })
  type: PricingType;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'smallint' })
  sessionCount: number;

  @Column({ type: 'integer' })
  priceCents: number;

  @Column({ type: 'char', length: 3 })
  currency: string;

  @Column({ type: 'smallint', nullable: true })
  validityMonths: number | null;

  @Column({ type: 'boolean' })
  isPublic: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
