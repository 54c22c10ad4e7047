import { DECIMAL } from 'src/common/columns/decimal';
import type { WeightUnit } from 'src/common/i18n/weight-texts';
import type { Goal, Level } from 'src/modules/client/profile/profile.types';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody who trains tells of himself. */
@Entity('client_profiles')
export class ClientProfile {
  @PrimaryColumn('uuid')
  userId: string;

  /** YYYY-MM-DD. */
  @Column({ type: 'date', nullable: true })
  birthDate: string | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true, transformer: DECIMAL })
  weightKg: number | null;

  @Column({ type: 'smallint', nullable: true })
  heightCm: number | null;

  @Column({ type: 'text', nullable: true })
  goal: Goal | null;

  @Column({ type: 'text', nullable: true })
  level: Level | null;

  /** What weights are shown in; they are kept in kilograms. */
  @Column({ type: 'text' })
  weightUnit: WeightUnit;

  @Column({ type: 'char', length: 2, nullable: true })
  country: string | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true, transformer: DECIMAL })
  targetWeightKg: number | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
