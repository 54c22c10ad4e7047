import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Part } from 'src/modules/booking/booking.state';

/** Where a person is, and as what: the proof that nobody is in two places. */
@Entity('engagements')
export class EngagementEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid')
  personId: string;

  @Column('tstzrange')
  during: string;

  @Column('uuid')
  occasion: string;

  @Column('text')
  role: Part;

  @Column('uuid')
  bookingId: string;
}
