import { ApiKey } from 'src/modules/auth/entities/api-key.entity';
import { User } from 'src/modules/auth/entities/user.entity';
import type { PushPlatform } from 'src/modules/notification/devices/device.rules';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A phone or browser that rings for its owner. It is here as long as it may ring, and no longer. */
@Entity('push_devices')
@Unique('push_devices_token', ['token'])
@Index('push_devices_user_id', ['userId'])
@Index('push_devices_api_key_id', ['apiKeyId'])
export class PushDevice {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'push_devices_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  /** The key that registered it last: when that opens nothing any more, the device is silent. */
  @Column('uuid')
  @ForeignKey(() => ApiKey, { name: 'push_devices_api_key_id_fkey', onDelete: 'CASCADE' })
  apiKeyId: string;

  /** How the provider knows it. */
  @Column('text')
  token: string;

  @Column('text')
  platform: PushPlatform;

  /** For the last time. */
  @Column('timestamptz')
  registeredAt: Date;
}
