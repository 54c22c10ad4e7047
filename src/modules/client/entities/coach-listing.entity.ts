import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A coach who can be found, as the search asks for him: made from his account, profile, prices, certifications, hours
 * and sessions, and made again when one of them changes. Texts are in lower-case words without accents.
 */
@Entity('coach_listings')
@Index('coach_listings_relevance', { synchronize: false })
@Index('coach_listings_name', ['sortName', 'coachId'])
@Index('coach_listings_price', ['priceCents', 'sortName', 'coachId'])
@Index('coach_listings_price_desc', { synchronize: false })
@Index('coach_listings_city', ['city', 'country'])
@Index('coach_listings_specialties', { synchronize: false })
@Index('coach_listings_search', { synchronize: false })
export class CoachListing {
  @PrimaryColumn('uuid')
  coachId: string;

  @Column({ type: 'text' })
  sortName: string;

  /** The words of the name, each between spaces. */
  @Column({ type: 'text' })
  words: string;

  /** The words of the name and of the specialties, each between spaces. */
  @Column({ type: 'text' })
  search: string;

  @Column({ type: 'text', nullable: true })
  city: string | null;

  @Column({ type: 'char', length: 2, nullable: true })
  country: string | null;

  @Column({ type: 'text', array: true })
  specialties: string[];

  /** The cheapest public price of a single session in the coach's own currency. */
  @Column({ type: 'integer', nullable: true })
  priceCents: number | null;

  @Column({ type: 'char', length: 3 })
  currency: string;

  @Column({ type: 'boolean' })
  discovery: boolean;

  @Column({ type: 'boolean' })
  verified: boolean;

  @Column({ type: 'boolean' })
  certified: boolean;

  /** How many certifications are verified. */
  @Column({ type: 'integer' })
  certifications: number;

  /** Whether a slot within seven days is free; known to hold from `openKnownFrom` until before `openKnownUntil`. */
  @Column({ type: 'boolean' })
  isOpen: boolean;

  @Index('coach_listings_open_known_from')
  @Column({ type: 'timestamptz' })
  openKnownFrom: Date;

  @Index('coach_listings_open_known_until')
  @Column({ type: 'timestamptz' })
  openKnownUntil: Date;
}
