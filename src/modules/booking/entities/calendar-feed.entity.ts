import { User } from 'src/modules/auth/entities/user.entity';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The secret address of somebody's calendar: one a person. */
@Entity('calendar_feeds')
@Index('calendar_feeds_token_hash', ['tokenHash'], { unique: true })
export class CalendarFeed {
  @PrimaryColumn({ type: 'uuid' })
  @ForeignKey(() => User, { name: 'calendar_feeds_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  /** SHA-256, hexadecimal. */
  @Column({ type: 'char', length: 64 })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
