import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A note that something changed from which a coach's listing is made. Triggers write it, renewing the listing removes it. */
@Entity('coach_listing_changes')
export class CoachListingChange {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: string;

  @Index('coach_listing_changes_coach_id')
  @Column({ type: 'uuid' })
  coachId: string;
}
