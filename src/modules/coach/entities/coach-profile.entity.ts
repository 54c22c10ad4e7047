import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a coach publishes about himself, and how he wants to be booked. */
@Entity('coach_profiles')
@Index('coach_profiles_specialties', { synchronize: false })
export class CoachProfile {
  @PrimaryColumn('uuid')
  userId: string;

  @Column({ type: 'text', nullable: true })
  bio: string | null;

  /** Set by an admin only. */
  @Column({ type: 'boolean', default: false })
  verified: boolean;

  @Column({ type: 'char', length: 2, nullable: true })
  country: string | null;

  @Column({ type: 'text', nullable: true })
  city: string | null;

  @Column({ type: 'char', length: 3 })
  currency: string;

  @Column({ type: 'smallint' })
  sessionDurationMin: number;

  @Column({ type: 'boolean' })
  discoveryEnabled: boolean;

  @Column({ type: 'boolean' })
  discoveryFree: boolean;

  @Column({ type: 'integer', nullable: true })
  discoveryPriceCents: number | null;

  @Column({ type: 'smallint' })
  discoveryDurationMin: number;

  @Column({ type: 'smallint' })
  bookingHorizonDays: number;

  @Column({ type: 'smallint' })
  bufferMin: number;

  @Column({ type: 'smallint' })
  minNoticeHours: number;

  @Column({ type: 'text', nullable: true })
  smsSenderName: string | null;

  @Column({ type: 'smallint', nullable: true })
  experienceYears: number | null;

  @Column({ type: 'smallint', nullable: true })
  maxClients: number | null;

  @Column({ type: 'text', array: true, default: [] })
  languages: string[];

  @Column({ type: 'text', array: true, default: [] })
  specialties: string[];

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
