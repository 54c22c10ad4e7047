import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { FeedbackStatus, FeedbackType } from 'src/modules/feedback/feedback.types';

/** What somebody thinks of the product. */
@Entity('feedback')
@Index('feedback_created_at', ['createdAt', 'id'])
@Index('feedback_user_id', ['userId', 'createdAt', 'id'])
@Index('feedback_type', ['type', 'createdAt', 'id'])
@Index('feedback_status', ['status', 'createdAt', 'id'])
export class Feedback {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Null: he was erased, and what he wrote with him. */
  @Column({ type: 'uuid', nullable: true })
  userId: string | null;

  @Column('text')
  type: FeedbackType;

  @Column('text')
  title: string;

  @Column('text')
  description: string;

  /** As the app says it. */
  @Column({ type: 'text', nullable: true })
  appVersion: string | null;

  @Column({ type: 'text', nullable: true })
  platform: string | null;

  @Column({ type: 'text', default: 'pending' })
  status: FeedbackStatus;

  /** Among administrators. */
  @Column({ type: 'text', nullable: true })
  adminNote: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
