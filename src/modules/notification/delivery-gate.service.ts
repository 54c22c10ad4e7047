import { Injectable } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { type Contact, UserService } from 'src/modules/auth/user.service';
import { kindOf } from './catalogue';
import { reaches } from './delivery.rules';
import type { NotificationEntity } from './entities/notification.entity';
import { NotificationRepository } from './notification.repository';

/** A message that may leave now, and whom it goes to. */
export interface Departure {
  notification: NotificationEntity;
  reader: Contact;
}

/** Decides whether a message leaves: it has not gone yet, its reader may be reached, and it is still true. */
@Injectable()
export class DeliveryGate {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly users: UserService,
    private readonly standings: Standings,
  ) {}

  async open(notificationId: string, channel: 'push' | 'mail'): Promise<Departure | null> {
    const notification = await this.notifications.findById(notificationId);
    if (!notification || (channel === 'push' ? notification.pushedAt : notification.mailedAt)) return null;
    const reader = await this.users.findContact(notification.userId);
    if (!reader || !reaches(reader.status, channel, kindOf(notification.type).security)) return null;
    return (await this.isTrue(notification)) ? { notification, reader } : null;
  }

  /** Whether what a message says still stands. What nobody knows anything about is left to its reader. */
  async isTrue({ type, userId, data }: Pick<NotificationEntity, 'type' | 'userId' | 'data'>): Promise<boolean> {
    const { standing } = kindOf(type);
    const id = standing && data[standing.id];
    if (!standing || !id) return true;
    const state = await this.standings.stateOf(standing.subject, id, userId);
    return state === null || standing.states.includes(state);
  }
}
