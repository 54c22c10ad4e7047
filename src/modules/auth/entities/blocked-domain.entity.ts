import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A domain whose addresses are not accepted. */
@Entity('blocked_domains')
@Index('blocked_domains_domain', ['domain'], { unique: true })
export class BlockedDomain {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Lower-case. */
  @Column({ type: 'text' })
  domain: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
