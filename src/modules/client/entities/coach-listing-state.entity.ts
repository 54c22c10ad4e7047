import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row: what the listings are, as a number that grows with every change that a search could see. */
@Entity('coach_listing_state')
export class CoachListingState {
  @PrimaryColumn({ type: 'smallint', default: 1 })
  id: number;

  @Column({ type: 'bigint' })
  version: string;
}
