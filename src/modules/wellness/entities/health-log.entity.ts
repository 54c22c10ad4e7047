import { DECIMAL } from 'src/common/columns/decimal';
import type { LogSource } from 'src/modules/wellness/wellness.types';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One value of one parameter at one moment. */
@Entity('health_logs')
export class HealthLog {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('uuid')
  parameterId: string;

  /** In the parameter's unit. */
  @Column('numeric', { precision: 10, scale: 3, transformer: DECIMAL })
  value: number;

  /** Encrypted. */
  @Column('text', { nullable: true })
  note: string | null;

  @Column('text')
  source: LogSource;

  @Column('timestamptz')
  loggedAt: Date;

  @Column('timestamptz')
  createdAt: Date;
}
