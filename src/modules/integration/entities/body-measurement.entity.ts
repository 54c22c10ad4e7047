import { DECIMAL } from 'src/common/columns/decimal';
import type { MeasureSource } from 'src/modules/integration/scale/scale.types';
import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** What a scale, or its owner, says of a body at one moment. */
@Entity('body_measurements')
@Unique('body_measurements_once', ['userId', 'measuredAt', 'source'])
export class BodyMeasurement {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('timestamptz')
  measuredAt: Date;

  @Column('text')
  source: MeasureSource;

  @Column('numeric', { precision: 5, scale: 2, transformer: DECIMAL })
  weightKg: number;

  @Column('numeric', { precision: 5, scale: 2, nullable: true, transformer: DECIMAL })
  bmi: number | null;

  @Column('numeric', { precision: 5, scale: 2, nullable: true, transformer: DECIMAL })
  fatPct: number | null;

  @Column('numeric', { precision: 5, scale: 2, nullable: true, transformer: DECIMAL })
  musclePct: number | null;

  @Column('numeric', { precision: 5, scale: 2, nullable: true, transformer: DECIMAL })
  waterPct: number | null;

  @Column('numeric', { precision: 4, scale: 2, nullable: true, transformer: DECIMAL })
  boneKg: number | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
