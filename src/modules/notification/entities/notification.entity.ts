import { User } from 'src/modules/auth/entities/user.entity';
import type { NotificationType } from 'src/modules/notification/catalogue';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** What a person was told, once per fact. */
@Entity('notifications')
@Unique('notifications_once', ['userId', 'type', 'fact'])
@Index('notifications_user_id', ['userId', 'createdAt', 'id'])
@Index('notifications_unread', ['userId'], { where: 'read_at IS NULL' })
@Index('notifications_created_at', ['createdAt'])
@Index('notifications_about', { synchronize: false })
@Index('notifications_held', ['heldUntil'], { where: 'held_until IS NOT NULL' })
export class NotificationEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'notifications_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  @Column('text')
  type: NotificationType;

  /** What happened; unique for its reader and type. */
  @Column('text')
  fact: string;

  @Column('text')
  title: string;

  /** Encrypted in the table, plain once the repository has read it. */
  @Column('text')
  body: string;

  @Column('jsonb')
  data: Record<string, string>;

  /** Others whom it speaks of: when one of them is erased, it goes. */
  @Column('uuid', { array: true, default: '{}' })
  aboutUserIds: string[];

  @Column('timestamptz', { nullable: true })
  readAt: Date | null;

  @Column('timestamptz', { nullable: true })
  pushedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  mailedAt: Date | null;

  /** Whether it is mailed too. */
  @Column('boolean', { default: false })
  byMail: boolean;

  /** It waits for the end of the night, and stands in no inbox until then. */
  @Column('timestamptz', { nullable: true })
  heldUntil: Date | null;

  /** From then on it is not worth sending; null where that never comes. */
  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
