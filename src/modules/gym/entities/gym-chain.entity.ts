import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A chain of clubs. */
@Entity('gym_chains')
export class GymChain {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Index('gym_chains_slug', { unique: true })
  @Column({ type: 'text' })
  slug: string;

  @Column({ type: 'text', nullable: true })
  logoUrl: string | null;

  @Column({ type: 'text', nullable: true })
  website: string | null;

  /** Where it has clubs, ISO 3166-1 alpha-2; empty = anywhere. */
  @Column({ type: 'text', array: true, default: [] })
  countries: string[];

  @Column({ type: 'boolean', default: true })
  active: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
