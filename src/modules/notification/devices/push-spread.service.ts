import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AppConfig } from 'src/config/app-config';
import { DeliveryGate } from 'src/modules/notification/delivery-gate.service';
import type { NotificationEntity } from 'src/modules/notification/entities/notification.entity';
import { NotificationRepository } from 'src/modules/notification/notification.repository';
import { DeviceRepository } from './device.repository';
import { sparedKey } from './device.rules';
import { DELIVER_PUSH_TO_DEVICE } from './push-delivery.service';

/** Spreads a push over the devices of its reader, each by a job of its own: what fails for one repeats nothing for another. */
@Injectable()
export class PushSpreadService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly devices: DeviceRepository,
    private readonly gate: DeliveryGate,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async spread(notificationId: string): Promise<void> {
    const departure = await this.gate.open(notificationId, 'push');
    if (departure) await this.addressAll(departure.notification);
  }

  @Transactional()
  private async addressAll(notification: NotificationEntity): Promise<void> {
    const { id: notificationId, userId } = notification;
    const now = this.clock.now();
    if (!(await this.notifications.markPushed(notificationId, now))) return;
    const ringing = await this.devices.ringingIds({ userId, sparedKeyId: sparedKey(notification), now });
    const deviceIds = (await this.isShownInstead(userId)) ? [null] : ringing;
    for (const deviceId of deviceIds) await this.jobs.add(DELIVER_PUSH_TO_DEVICE, { notificationId, deviceId });
  }

  /** Outside production the mailbox shows what is pushed to somebody who has registered no device: `deviceId` is null. */
  private async isShownInstead(userId: string): Promise<boolean> {
    return !this.config.isProduction && !(await this.devices.hasAny(userId));
  }
}
