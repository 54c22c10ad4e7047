import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { ParameterCategory, ParameterDataType, ParameterLabel } from 'src/modules/wellness/wellness.types';

/** What people may measure of themselves. Managed by admins. */
@Entity('health_parameters')
@Unique('health_parameters_slug', ['slug'])
export class HealthParameter {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Its name for apps, for ever. */
  @Column('text')
  slug: string;

  @Column('jsonb')
  label: ParameterLabel;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('text')
  dataType: ParameterDataType;

  @Column('text')
  category: ParameterCategory;

  /** No: its values are kept, and shown to nobody. */
  @Column('boolean')
  active: boolean;

  @Column('integer')
  position: number;

  @Column('timestamptz')
  createdAt: Date;
}
