import { User } from 'src/modules/auth/entities/user.entity';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An account that waits for its erasure, or is being erased. */
@Entity('deletion_requests')
@Index('deletion_requests_effective_at', ['effectiveAt', 'userId'])
@Index('deletion_requests_requested_at', ['requestedAt'])
export class DeletionRequest {
  @PrimaryColumn('uuid')
  @ForeignKey(() => User, { name: 'deletion_requests_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  @Column('timestamptz')
  requestedAt: Date;

  @Column('timestamptz')
  effectiveAt: Date;

  /** When the erasure began: from then on nobody takes it back. */
  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  /** Names of the parts of personal data that are gone. */
  @Column('text', { array: true, default: '{}' })
  doneParts: string[];
}
