import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Part } from 'src/modules/booking/booking.state';

/** Where a person is, and as what: the proof that nobody is in two places. */
@Entity('engagements')
@Unique('engagements_one_a_role', ['bookingId', 'role'])
@Unique('engagements_one_an_entry', ['waitlistEntryId'])
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

  /** A booking engages its coach and its client, an offer of the waitlist the coach alone. */
  @Column('uuid', { nullable: true })
  bookingId: string | null;

  @Column('uuid', { nullable: true })
  waitlistEntryId: string | null;
}
