import { User } from 'src/modules/auth/entities/user.entity';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What a person once said about one type of message. Without a row everything leaves. */
@Entity('notification_preferences')
export class NotificationPreference {
  @PrimaryColumn('uuid')
  @ForeignKey(() => User, { name: 'notification_preferences_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  @PrimaryColumn('text')
  type: string;

  @Column('boolean')
  push: boolean;

  @Column('boolean')
  email: boolean;

  @Column('timestamptz')
  updatedAt: Date;
}
