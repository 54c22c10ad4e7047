import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { AccountClosing, KeyRevoked } from 'src/modules/auth/auth.events';
import { DeviceRepository } from './device.repository';

/** Silences the devices of who signed out, was signed out, or leaves. */
@Injectable()
export class DeviceListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly devices: DeviceRepository,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(KeyRevoked, 'notification', ({ keyId }) => this.devices.removeOfKey(keyId));
    this.events.subscribe(AccountClosing, 'notification', ({ userId }) => this.devices.removeOfUser(userId));
  }
}
