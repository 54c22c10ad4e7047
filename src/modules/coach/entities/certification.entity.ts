import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a coach has learned and can show for it. Without `reviewedAt` it awaits an admin. */
@Entity('certifications')
@Index('certifications_coach_id', ['coachId', 'createdAt'])
@Index('certifications_pending', ['createdAt', 'id'], { where: 'reviewed_at IS NULL' })
export class Certification {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  coachId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  organization: string | null;

  @Column({ type: 'smallint', nullable: true })
  year: number | null;

  @Column({ type: 'text', nullable: true })
  documentUrl: string | null;

  /** Set by an admin only. */
  @Column({ type: 'boolean', default: false })
  verified: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  reviewedAt: Date | null;

  /** Written by an admin for the coach. */
  @Column({ type: 'text', nullable: true })
  rejectionReason: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
