import type { CancellationPolicy, PolicyMode } from 'src/modules/coach/coach.types';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The cancellation policy of a coach; made with the profile. Bookings carry a copy. */
@Entity('cancellation_policies')
export class StoredCancellationPolicy implements CancellationPolicy {
  @PrimaryColumn('uuid')
  coachId: string;

  @Column({ type: 'smallint' })
  thresholdHours: number;

  @Column({ type: 'text' })
  mode: PolicyMode;

  @Column({ type: 'boolean' })
  noshowIsDue: boolean;

  @Column({ type: 'text', nullable: true })
  clientMessage: string | null;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
