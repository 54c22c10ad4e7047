import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { NotificationEntity } from './entities/notification.entity';

export class NotificationResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;
  type: string;
  title: string;
  body: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Always `type` and `deep_link`, and the keys of the type',
  })
  data: Record<string, string>;
  @ApiInstant({ nullable: true })
  read_at: string | null;
  @ApiInstant()
  created_at: string;

  static from(notification: NotificationEntity): NotificationResponse {
    return {
      id: notification.id,
      type: notification.type,
      title: notification.title,
      body: notification.body,
      data: notification.data,
      read_at: wireInstantOrNull(notification.readAt),
      created_at: wireInstant(notification.createdAt),
    };
  }
}

export class NotificationPage extends PageResponse(NotificationResponse) {}

export class UnreadCountResponse {
  @ApiProperty({ type: 'integer' })
  unread_count: number;

  static from(count: number): UnreadCountResponse {
    return { unread_count: count };
  }
}

export class UpdatedCountResponse {
  @ApiProperty({ type: 'integer' })
  updated_count: number;

  static from(count: number): UpdatedCountResponse {
    return { updated_count: count };
  }
}
