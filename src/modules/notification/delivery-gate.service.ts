import { Injectable } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { type Contact, UserService } from 'src/modules/auth/user.service';
import { kindOf } from './catalogue';
import { reaches } from './delivery.rules';
import type { NotificationEntity } from './entities/notification.entity';
import { NotificationRepository } from './notification.repository';
import { PreferenceService } from './preferences/preference.service';

/** A message that may leave now, and whom it goes to. */
export interface Departure {
  notification: NotificationEntity;
  reader: Contact;
}

/** Decides whether a message leaves: it has not gone yet, its reader may and wants to be reached, and it is still true. */
@Injectable()
export class DeliveryGate {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly users: UserService,
    private readonly preferences: PreferenceService,
    private readonly standings: Standings,
  ) {}

  /**
   * Null where the message stays in the inbox. What its reader wants is asked here and not when it is written: it may
   * have changed in between.
   */
  async open(notificationId: string, channel: 'push' | 'mail'): Promise<Departure | null> {
    const notification = await this.notifications.findById(notificationId);
    if (!notification || (channel === 'push' ? notification.pushedAt : notification.mailedAt)) return null;
    return this.pass(notification, channel);
  }

  /** The same for one device: the push counts as gone as soon as there is a job for each of them. */
  async openForDevice(notificationId: string): Promise<Departure | null> {
    const notification = await this.notifications.findById(notificationId);
    return notification && this.pass(notification, 'push');
  }

  private async pass(notification: NotificationEntity, channel: 'push' | 'mail'): Promise<Departure | null> {
    const { userId, type } = notification;
    if (!(await this.preferences.wants(userId, type, channel === 'mail' ? 'email' : channel))) return null;
    const reader = await this.users.findContact(userId);
    if (!reader || !reaches(reader.status, channel, kindOf(type).security)) return null;
    return (await this.isTrue(notification)) ? { notification, reader } : null;
  }

  /** Whether what a message says still stands. What nobody knows anything about is left to its reader. */
  async isTrue({ type, userId, data }: Pick<NotificationEntity, 'type' | 'userId' | 'data'>): Promise<boolean> {
    const { standing } = kindOf(type);
    const id = standing && data[standing.id];
    if (!standing || !id) return true;
    const state = await this.standings.stateOf(standing.subject, id, userId, data);
    return state === null || standing.states.includes(state);
  }
}
