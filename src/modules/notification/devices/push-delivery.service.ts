import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Metrics } from 'src/common/metrics/metrics';
import { PushSender } from 'src/common/outbound/outbound';
import { DeliveryGate } from 'src/modules/notification/delivery-gate.service';
import { DeviceRepository } from './device.repository';
import { sparedKey, worthlessFrom } from './device.rules';

export const DELIVER_PUSH_TO_DEVICE = 'deliver_push_to_device';

/** Carries a notification of the inbox to one device of its reader. */
@Injectable()
export class PushDeliveryService {
  private readonly logger = new Logger(PushDeliveryService.name);

  constructor(
    private readonly devices: DeviceRepository,
    private readonly gate: DeliveryGate,
    private readonly pushes: PushSender,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends nothing when the message, its reader and his wishes, or the device are no more what they were when the job was
   * written. A device that its provider no longer knows is forgotten.
   *
   * @param deviceId null stands for all devices of somebody who has none, see `PushSpreadService`
   * @throws DeliveryFailure and the job is tried again, as the same message
   */
  async deliver(notificationId: string, deviceId: string | null): Promise<void> {
    const notification = (await this.gate.openForDevice(notificationId))?.notification;
    if (!notification) return;
    const now = this.clock.now();
    const expiresAt = worthlessFrom(notification);
    if (now >= expiresAt) return;
    const { id: collapseId, userId, title, body, data } = notification;
    const reach = { userId, sparedKeyId: sparedKey(notification), now };
    const token = deviceId === null ? `user:${userId}` : await this.devices.ringingToken(deviceId, reach);
    if (token === null) return;
    const outcome = await this.pushes.send({ userId, token, title, body, data, collapseId, expiresAt });
    if (outcome === 'unregistered' && deviceId !== null) await this.forget(deviceId, token, userId);
  }

  /** Told each time: should a mistake of ours ever look like devices that are gone, somebody sees it. */
  private async forget(deviceId: string, token: string, userId: string): Promise<void> {
    await this.devices.remove(deviceId, token);
    this.metrics.deviceForgotten();
    this.logger.warn({ deviceId, userId }, 'a device is forgotten: its provider no longer knows it');
  }
}
