import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import type { ForgetDeviceDto, RegisterDeviceDto } from './device.dto';
import { DeviceRepository } from './device.repository';
import { MAX_DEVICES } from './device.rules';

/** The devices that ring for a person. */
@Injectable()
export class DeviceService {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly users: UserService,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on the device rings for the caller, as long as the key of this request is good, and for nobody else.
   * Beyond twenty devices the one that was registered longest ago is forgotten.
   */
  @Transactional()
  async register({ userId, keyId }: Principal, { token, platform }: RegisterDeviceDto): Promise<void> {
    // One person's devices are counted by one at a time.
    await this.users.lock(userId);
    await this.devices.put({ userId, apiKeyId: keyId, token, platform, registeredAt: this.clock.now() });
    await this.devices.trim(userId, token, MAX_DEVICES);
  }

  /** Changes nothing when the device is unknown, or somebody else's. */
  @Transactional()
  async forget({ userId }: Principal, { token }: ForgetDeviceDto): Promise<void> {
    await this.devices.removeOwn(userId, token);
  }
}
