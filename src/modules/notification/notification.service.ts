import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { NotificationEntity } from './entities/notification.entity';
import type { ListNotificationsQuery } from './notification.dto';
import { NotificationNotFound } from './notification.errors';
import { NotificationRepository } from './notification.repository';

/** The inbox of the person who asks. */
@Injectable()
export class NotificationService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async page(me: Principal, query: ListNotificationsQuery): Promise<Rows<NotificationEntity>> {
    return this.notifications.page(me.userId, query.unread, query);
  }

  async countUnread(me: Principal): Promise<number> {
    return this.notifications.countUnread(me.userId);
  }

  /**
   * Marks one as read; a repeat keeps the first moment.
   *
   * @throws NotificationNotFound also for that of somebody else
   */
  @Transactional()
  async markRead(me: Principal, id: string): Promise<NotificationEntity> {
    const notification = orThrow(await this.notifications.findOfUser(me.userId, id), NotificationNotFound);
    if (notification.readAt) return notification;
    await this.notifications.markRead(id, this.clock.now());
    return orThrow(await this.notifications.findOfUser(me.userId, id), NotificationNotFound);
  }

  /** What kind of message it is and whose, for those who look after deliveries; it may be gone by then. */
  async describe(id: string): Promise<{ type: string; userId: string | null }> {
    return (await this.notifications.describe(id)) ?? { type: 'unknown', userId: null };
  }

  /** Answers how many were unread. */
  @Transactional()
  async markAllRead(me: Principal): Promise<number> {
    return this.notifications.markAllRead(me.userId, this.clock.now());
  }
}
